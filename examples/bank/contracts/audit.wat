;; Counts what it is told of, and adds it up. It keeps two integers, `count` and `total`, in the form in which every
;; contract keeps its state: dag-cbor, here a byte below 24, or a byte that says how wide the integer behind it is.
(module
  (import "kernel" "state_get" (func $state_get (param i32 i32 i32 i32) (result i32)))
  (import "kernel" "state_set" (func $state_set (param i32 i32 i32 i32)))
  (import "debug" "print_i64" (func $print (param i64)))
  (memory (export "memory") 1)
  (data (i32.const 0) "count")
  (data (i32.const 8) "total")

  (func (export "record") (param $amount i64)
    (call $print (local.get $amount))
    (call $set (i32.const 0) (i64.add (call $get (i32.const 0)) (i64.const 1)))
    (call $set (i32.const 8) (i64.add (call $get (i32.const 8)) (local.get $amount))))

  (func (export "count") (result i64) (call $get (i32.const 0)))
  (func (export "total") (result i64) (call $get (i32.const 8)))

  ;; The integer under the five letters at $key; 0 when there is none, for then no byte is read.
  (func $get (param $key i32) (result i64)
    (local $at i32) (local $end i32) (local $value i64)
    (local.set $end (i32.add (i32.const 16)
      (call $state_get (local.get $key) (i32.const 5) (i32.const 16) (i32.const 9))))
    (if (i32.eq (local.get $end) (i32.const 17))
      (then (return (i64.load8_u (i32.const 16)))))
    (local.set $at (i32.const 17))
    (loop $next
      (if (i32.lt_s (local.get $at) (local.get $end))
        (then
          (local.set $value (i64.or
            (i64.shl (local.get $value) (i64.const 8))
            (i64.load8_u (local.get $at))))
          (local.set $at (i32.add (local.get $at) (i32.const 1)))
          (br $next))))
    (local.get $value))

  ;; Writes the integer from its last byte to its first.
  (func $set (param $key i32) (param $value i64)
    (local $width i32) (local $at i32)
    (local.set $width (call $width (local.get $value)))
    (local.set $at (i32.add (i32.const 16) (local.get $width)))
    (if (i32.eqz (local.get $width))
      (then (i64.store8 (i32.const 16) (local.get $value)))
      (else
        (i32.store8 (i32.const 16) (i32.add (i32.const 24) (i32.ctz (local.get $width))))
        (loop $next
          (i64.store8 (local.get $at) (local.get $value))
          (local.set $value (i64.shr_u (local.get $value) (i64.const 8)))
          (local.set $at (i32.sub (local.get $at) (i32.const 1)))
          (br_if $next (i32.gt_u (local.get $at) (i32.const 16))))))
    (call $state_set (local.get $key) (i32.const 5)
      (i32.const 16) (i32.add (i32.const 1) (local.get $width))))

  ;; How many bytes the integer takes behind the first.
  (func $width (param $value i64) (result i32)
    (if (i64.lt_u (local.get $value) (i64.const 24)) (then (return (i32.const 0))))
    (if (i64.lt_u (local.get $value) (i64.const 0x100)) (then (return (i32.const 1))))
    (if (i64.lt_u (local.get $value) (i64.const 0x10000)) (then (return (i32.const 2))))
    (if (i64.lt_u (local.get $value) (i64.const 0x100000000)) (then (return (i32.const 4))))
    (i32.const 8)))
