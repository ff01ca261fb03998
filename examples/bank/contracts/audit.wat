;; Counts what it is told of, and adds it up. Keeps two 64-bit integers, low byte first, under `count` and `total`.
(module
  (import "kernel" "state_get" (func $state_get (param i32 i32 i32 i32) (result i32)))
  (import "kernel" "state_set" (func $state_set (param i32 i32 i32 i32)))
  (import "debug" "print_i64" (func $print (param i64)))
  (memory (export "memory") 1)
  (data (i32.const 0) "count")
  (data (i32.const 8) "total")

  ;; The integer under a key, 0 when there is none.
  (func $get (param $key i32) (result i64)
    (i64.store (i32.const 16) (i64.const 0))
    (drop (call $state_get (local.get $key) (i32.const 5) (i32.const 16) (i32.const 8)))
    (i64.load (i32.const 16)))

  (func $set (param $key i32) (param $value i64)
    (i64.store (i32.const 16) (local.get $value))
    (call $state_set (local.get $key) (i32.const 5) (i32.const 16) (i32.const 8)))

  (func (export "record") (param $amount i64)
    (call $print (local.get $amount))
    (call $set (i32.const 0) (i64.add (call $get (i32.const 0)) (i64.const 1)))
    (call $set (i32.const 8) (i64.add (call $get (i32.const 8)) (local.get $amount))))

  (func (export "count") (result i64) (call $get (i32.const 0)))
  (func (export "total") (result i64) (call $get (i32.const 8))))
