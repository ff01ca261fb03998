/**
 * What the specification says that instructions on numbers give: operands, `=`, result; or `!` and the trap. Numbers are
 * written as in WebAssembly text, NaNs by their bits. Every NaN that arithmetic makes is the positive canonical one.
 */
export const numericCases = `
i32.eqz: 0 = 1; 1 = 0; 0x80000000 = 0; -1 = 0
i32.eq: 1 1 = 1; -1 0xffffffff = 1; 0 0x80000000 = 0
i32.ne: 1 1 = 0; -1 0xffffffff = 0; 0 0x80000000 = 1
i32.lt_s: -1 0 = 1; 0 -1 = 0; 0x80000000 0x7fffffff = 1; 5 5 = 0
i32.lt_u: -1 0 = 0; 0 -1 = 1; 0x80000000 0x7fffffff = 0; 5 5 = 0
i32.gt_s: -1 0 = 0; 0 -1 = 1; 0x80000000 0x7fffffff = 0; 5 5 = 0
i32.gt_u: -1 0 = 1; 0 -1 = 0; 0x80000000 0x7fffffff = 1; 5 5 = 0
i32.le_s: -1 0 = 1; 0 -1 = 0; 0x80000000 0x7fffffff = 1; 5 5 = 1
i32.le_u: -1 0 = 0; 0 -1 = 1; 0x80000000 0x7fffffff = 0; 5 5 = 1
i32.ge_s: -1 0 = 0; 0 -1 = 1; 0x80000000 0x7fffffff = 0; 5 5 = 1
i32.ge_u: -1 0 = 1; 0 -1 = 0; 0x80000000 0x7fffffff = 1; 5 5 = 1
i32.clz: 0 = 32; 1 = 31; -1 = 0; 0x00008000 = 16
i32.ctz: 0 = 32; 1 = 0; 0x80000000 = 31; 0x00008000 = 15
i32.popcnt: 0 = 0; -1 = 32; 0x80000001 = 2; 0xaaaaaaaa = 16
i32.add: 1 1 = 2; 0x7fffffff 1 = 0x80000000; -1 1 = 0; 0x80000000 0x80000000 = 0
i32.sub: 7 10 = -3; 0x80000000 1 = 0x7fffffff; 0 0x80000000 = 0x80000000
i32.mul: 3 -4 = -12; 0x10000000 16 = 0; 0x01234567 0x76543210 = 0x358e7470; 0x80000000 -1 = 0x80000000
i32.div_s: 7 -2 = -3; -7 2 = -3; 0x80000000 2 = -0x40000000; 1 0 ! integer divide by zero; 0x80000000 -1 ! integer overflow
i32.div_u: -1 2 = 0x7fffffff; 0x80000000 -1 = 0; 7 3 = 2; 1 0 ! integer divide by zero
i32.rem_s: 7 -2 = 1; -7 2 = -1; 0x80000000 -1 = 0; 1 0 ! integer divide by zero
i32.rem_u: -7 2 = 1; 0x80000000 -1 = 0x80000000; 17 7 = 3; 1 0 ! integer divide by zero
i32.and: 0xf0f0ffff 0xff00f0f0 = 0xf000f0f0; -1 0 = 0
i32.or: 0xf0f0ffff 0x0f00f0f0 = 0xfff0ffff; 0 0 = 0
i32.xor: 0xf0f0ffff 0xffff0000 = 0x0f0fffff; -1 -1 = 0
i32.shl: 1 31 = 0x80000000; 1 32 = 1; 1 33 = 2; -1 -1 = 0x80000000
i32.shr_s: 0x80000000 31 = -1; 0x80000000 32 = 0x80000000; -8 1 = -4; 0x7fffffff -1 = 0
i32.shr_u: 0x80000000 31 = 1; 0x80000000 32 = 0x80000000; -8 1 = 0x7ffffffc; -1 -1 = 1
i32.rotl: 0xabcd9876 1 = 0x579b30ed; 1 32 = 1; 0x80000000 1 = 1; 0x00008000 -15 = 1
i32.rotr: 1 1 = 0x80000000; 0xff00cc00 4 = 0x0ff00cc0; 1 32 = 1; 0x80000000 -1 = 1
i32.extend8_s: 0x7f = 127; 0x80 = -128; 0x01234580 = -128; -1 = -1
i32.extend16_s: 0x7fff = 32767; 0x8000 = -32768; 0x01238000 = -32768; 0xfedc0000 = 0
i64.eqz: 0 = 1; 1 = 0; 0x8000000000000000 = 0; 0x100000000 = 0
i64.eq: 1 1 = 1; -1 0xffffffffffffffff = 1; 0x100000001 1 = 0
i64.ne: 1 1 = 0; 0x100000001 1 = 1; 0 0x8000000000000000 = 1
i64.lt_s: -1 0 = 1; 0x8000000000000000 0x7fffffffffffffff = 1; 5 5 = 0; 0x100000000 1 = 0
i64.lt_u: -1 0 = 0; 0x8000000000000000 0x7fffffffffffffff = 0; 5 5 = 0; 1 0x100000000 = 1
i64.gt_s: -1 0 = 0; 0x8000000000000000 0x7fffffffffffffff = 0; 5 5 = 0; 0x100000000 1 = 1
i64.gt_u: -1 0 = 1; 0x8000000000000000 0x7fffffffffffffff = 1; 5 5 = 0; 1 0x100000000 = 0
i64.le_s: -1 0 = 1; 0x8000000000000000 0x7fffffffffffffff = 1; 5 5 = 1; 0x100000000 1 = 0
i64.le_u: -1 0 = 0; 0x8000000000000000 0x7fffffffffffffff = 0; 5 5 = 1; 1 0x100000000 = 1
i64.ge_s: -1 0 = 0; 0x8000000000000000 0x7fffffffffffffff = 0; 5 5 = 1; 0x100000000 1 = 1
i64.ge_u: -1 0 = 1; 0x8000000000000000 0x7fffffffffffffff = 1; 5 5 = 1; 1 0x100000000 = 0
i64.clz: 0 = 64; 1 = 63; -1 = 0; 0x100000000 = 31
i64.ctz: 0 = 64; 1 = 0; 0x8000000000000000 = 63; 0x100000000 = 32
i64.popcnt: 0 = 0; -1 = 64; 0x8000000000000001 = 2; 0xaaaaaaaa55555555 = 32
i64.add: 1 1 = 2; 0x7fffffffffffffff 1 = 0x8000000000000000; -1 1 = 0; 0xffffffff 1 = 0x100000000
i64.sub: 7 10 = -3; 0x8000000000000000 1 = 0x7fffffffffffffff; 0x100000000 1 = 0xffffffff
i64.mul: 3 -4 = -12; 0x0123456789abcdef 0xfedcba9876543210 = 0x2236d88fe5618cf0; 0x100000000 0x100000000 = 0
i64.div_s: 7 -2 = -3; -7 2 = -3; 1 0 ! integer divide by zero; 0x8000000000000000 -1 ! integer overflow
i64.div_u: -1 2 = 0x7fffffffffffffff; 0x8000000000000000 -1 = 0; 1 0 ! integer divide by zero
i64.rem_s: 7 -2 = 1; -7 2 = -1; 0x8000000000000000 -1 = 0; 1 0 ! integer divide by zero
i64.rem_u: -7 2 = 1; 0x8000000000000000 -1 = 0x8000000000000000; 1 0 ! integer divide by zero
i64.and: 0xf0f0ffff00000001 0xff00f0f0ffffffff = 0xf000f0f000000001; -1 0 = 0
i64.or: 0xf0f0000000000000 0x0f = 0xf0f000000000000f; 0 0 = 0
i64.xor: 0xf0f0ffff00000000 -1 = 0x0f0f0000ffffffff; -1 -1 = 0
i64.shl: 1 63 = 0x8000000000000000; 1 64 = 1; 1 65 = 2; 1 32 = 0x100000000
i64.shr_s: 0x8000000000000000 63 = -1; 0x8000000000000000 64 = 0x8000000000000000; -8 1 = -4
i64.shr_u: 0x8000000000000000 63 = 1; 0x8000000000000000 64 = 0x8000000000000000; -8 1 = 0x7ffffffffffffffc
i64.rotl: 0x8000000000000000 1 = 1; 1 64 = 1; 0xabcd987602468ace 1 = 0x579b30ec048d159d; 1 -1 = 0x8000000000000000
i64.rotr: 1 1 = 0x8000000000000000; 1 64 = 1; 0xabcd987602468ace 4 = 0xeabcd987602468ac; 2 -63 = 1
i64.extend8_s: 0x7f = 127; 0x80 = -128; 0x0123456789abcd80 = -128; -1 = -1
i64.extend16_s: 0x7fff = 32767; 0x8000 = -32768; 0x123456789abc8000 = -32768
i64.extend32_s: 0x7fffffff = 0x7fffffff; 0x80000000 = -0x80000000; 0xfedcba9800000000 = 0
f32.eq: 1 1 = 1; -0 0 = 1; nan nan = 0; inf inf = 1
f32.ne: 1 1 = 0; -0 0 = 0; nan nan = 1; 1 nan = 1
f32.lt: 1 2 = 1; -0 0 = 0; nan 1 = 0; 1 nan = 0; -inf inf = 1; 0x1p-149 0 = 0
f32.gt: 1 2 = 0; 0 -0 = 0; nan 1 = 0; 1 nan = 0; inf -inf = 1; 0x1p-149 0 = 1
f32.le: 1 2 = 1; 0 -0 = 1; nan nan = 0; 2 1 = 0
f32.ge: 1 2 = 0; -0 0 = 1; nan nan = 0; 2 1 = 1
f32.abs: -1.5 = 1.5; -0 = 0; -nan:0x200001 = nan:0x200001; -inf = inf
f32.neg: 1.5 = -1.5; 0 = -0; nan:0x200001 = -nan:0x200001; -inf = inf
f32.ceil: 1.5 = 2; -0.5 = -0; -0 = -0; 0x1.fffffep22 = 0x1p23; inf = inf; -nan:0x200001 = nan
f32.floor: 1.5 = 1; -0.5 = -1; 0.5 = 0; -0 = -0; -inf = -inf; nan:0x200001 = nan
f32.trunc: -1.9 = -1; 0.9 = 0; -0.9 = -0; inf = inf; -nan = nan
f32.nearest: 0.5 = 0; 1.5 = 2; 2.5 = 2; -0.5 = -0; -1.5 = -2; 0x1.fffffep21 = 0x1p22; nan:0x1 = nan
f32.sqrt: 4 = 2; -0 = -0; 2 = 0x1.6a09e6p0; inf = inf; -1 = nan; -inf = nan; nan:0x1 = nan
f32.add: 1 2 = 3; 0x1p24 1 = 0x1p24; -0 -0 = -0; -0 0 = 0; inf -inf = nan; nan:0x1 1 = nan; 0x1.fffffep127 0x1.fffffep127 = inf
f32.sub: 1 2 = -1; 0 0 = 0; -0 0 = -0; inf inf = nan; 1 -nan:0x200001 = nan
f32.mul: 3 -2 = -6; 0 -1 = -0; 0 inf = nan; 0x1p-149 0.5 = 0; 0x1p-75 0x1p-75 = 0; 0x1p127 2 = inf
f32.div: 1 3 = 0x1.555556p-2; 1 0 = inf; 1 -0 = -inf; 0 0 = nan; inf inf = nan; -1 inf = -0
f32.min: 1 2 = 1; 0 -0 = -0; -0 0 = -0; nan:0x1 1 = nan; -inf nan = nan; inf 1 = 1
f32.max: 1 2 = 2; 0 -0 = 0; -0 0 = 0; nan:0x1 1 = nan; inf nan = nan; -inf 1 = 1
f32.copysign: 1 -2 = -1; nan:0x200001 -0 = -nan:0x200001; -inf 1 = inf; 0 -nan = -0
f64.eq: 1 1 = 1; -0 0 = 1; nan nan = 0; inf inf = 1
f64.ne: 1 1 = 0; -0 0 = 0; nan nan = 1; 1 nan = 1
f64.lt: 1 2 = 1; -0 0 = 0; nan 1 = 0; 1 nan = 0; -inf inf = 1; 0x1p-1074 0 = 0
f64.gt: 1 2 = 0; 0 -0 = 0; nan 1 = 0; 1 nan = 0; inf -inf = 1; 0x1p-1074 0 = 1
f64.le: 1 2 = 1; 0 -0 = 1; nan nan = 0; 2 1 = 0
f64.ge: 1 2 = 0; -0 0 = 1; nan nan = 0; 2 1 = 1
f64.abs: -1.5 = 1.5; -0 = 0; -nan:0x4000000000001 = nan:0x4000000000001; -inf = inf
f64.neg: 1.5 = -1.5; 0 = -0; nan:0x4000000000001 = -nan:0x4000000000001; -inf = inf
f64.ceil: 1.5 = 2; -0.5 = -0; -0 = -0; 0x1.fffffffffffffp51 = 0x1p52; inf = inf; -nan:0x1 = nan
f64.floor: 1.5 = 1; -0.5 = -1; 0.5 = 0; -0 = -0; -inf = -inf; nan:0x1 = nan
f64.trunc: -1.9 = -1; 0.9 = 0; -0.9 = -0; inf = inf; -nan = nan
f64.nearest: 0.5 = 0; 1.5 = 2; 2.5 = 2; -0.5 = -0; -1.5 = -2; 0x1.fffffffffffffp50 = 0x1p51; nan:0x1 = nan
f64.sqrt: 4 = 2; -0 = -0; 2 = 0x1.6a09e667f3bcdp0; inf = inf; -1 = nan; nan:0x1 = nan
f64.add: 1 2 = 3; 0x1p53 1 = 0x1p53; -0 -0 = -0; -0 0 = 0; inf -inf = nan; nan:0x1 1 = nan; 0x1.fffffffffffffp1023 0x1.fffffffffffffp1023 = inf
f64.sub: 1 2 = -1; 0 0 = 0; -0 0 = -0; inf inf = nan; 1 -nan:0x1 = nan
f64.mul: 3 -2 = -6; 0 -1 = -0; 0 inf = nan; 0x1p-1074 0.5 = 0; 0x1p1023 2 = inf
f64.div: 1 3 = 0x1.5555555555555p-2; 1 0 = inf; 1 -0 = -inf; 0 0 = nan; inf inf = nan; -1 inf = -0
f64.min: 1 2 = 1; 0 -0 = -0; -0 0 = -0; nan:0x1 1 = nan; -inf nan = nan; inf 1 = 1
f64.max: 1 2 = 2; 0 -0 = 0; -0 0 = 0; nan:0x1 1 = nan; inf nan = nan; -inf 1 = 1
f64.copysign: 1 -2 = -1; nan:0x4000000000001 -0 = -nan:0x4000000000001; -inf 1 = inf; 0 -nan = -0
i32.wrap_i64: 0x123456789abcdef0 = 0x9abcdef0; -1 = -1; 0x100000000 = 0
i32.trunc_f32_s: -1.9 = -1; 0x1.fffffep30 = 2147483520; -0x1p31 = 0x80000000; 0x1p31 ! integer overflow; -0x1.000002p31 ! integer overflow; nan ! invalid conversion to integer; inf ! integer overflow
i32.trunc_f32_u: 1.9 = 1; -0.9 = 0; 0x1.fffffep31 = -256; 0x1p32 ! integer overflow; -1 ! integer overflow; nan ! invalid conversion to integer
i32.trunc_f64_s: -1.9 = -1; 2147483647.9 = 2147483647; -2147483648.9 = 0x80000000; 2147483648 ! integer overflow; -2147483649 ! integer overflow; nan ! invalid conversion to integer; -inf ! integer overflow
i32.trunc_f64_u: 1.9 = 1; -0.9 = 0; 4294967295.9 = -1; 4294967296 ! integer overflow; -1 ! integer overflow; nan ! invalid conversion to integer
i64.extend_i32_s: 0x80000000 = -0x80000000; 0x7fffffff = 0x7fffffff; -1 = -1
i64.extend_i32_u: 0x80000000 = 0x80000000; 0x7fffffff = 0x7fffffff; -1 = 0xffffffff
i64.trunc_f32_s: -1.9 = -1; 0x1.fffffep62 = 0x7fffff8000000000; -0x1p63 = 0x8000000000000000; 0x1p63 ! integer overflow; nan ! invalid conversion to integer
i64.trunc_f32_u: 1.9 = 1; -0.9 = 0; 0x1.fffffep63 = 0xffffff0000000000; 0x1p64 ! integer overflow; -1 ! integer overflow; nan ! invalid conversion to integer
i64.trunc_f64_s: -1.9 = -1; 0x1.fffffffffffffp62 = 0x7ffffffffffffc00; -0x1p63 = 0x8000000000000000; 0x1p63 ! integer overflow; nan ! invalid conversion to integer
i64.trunc_f64_u: 1.9 = 1; -0.9 = 0; 0x1.fffffffffffffp63 = 0xfffffffffffff800; 0x1p64 ! integer overflow; -1 ! integer overflow; nan ! invalid conversion to integer
f32.convert_i32_s: -1 = -1; 0x80000000 = -0x1p31; 16777217 = 0x1p24; 16777219 = 0x1.000004p24
f32.convert_i32_u: -1 = 0x1p32; 0x80000000 = 0x1p31; 16777217 = 0x1p24
f32.convert_i64_s: -1 = -1; 0x8000000000000000 = -0x1p63; 0x7fffff4000000001 = 0x1.fffffep62; 16777217 = 0x1p24
f32.convert_i64_u: -1 = 0x1p64; 0x8000008000000001 = 0x1.000002p63; 0x8000008000000000 = 0x1p63
f32.demote_f64: 0x1.fffffe0000001p-1 = 0x1.fffffep-1; 0x1p-150 = 0; 0x1.0000000000001p-150 = 0x1p-149; 0x1p128 = inf; -0 = -0; nan:0x1 = nan
f64.convert_i32_s: -1 = -1; 0x80000000 = -2147483648; 2147483647 = 2147483647
f64.convert_i32_u: -1 = 4294967295; 0x80000000 = 2147483648
f64.convert_i64_s: -1 = -1; 0x8000000000000000 = -0x1p63; 9007199254740993 = 9007199254740992; 9007199254740995 = 9007199254740996
f64.convert_i64_u: -1 = 0x1p64; 0x8000000000000400 = 0x1p63; 0x8000000000000401 = 0x1.0000000000001p63
f64.promote_f32: 1.5 = 1.5; 0x1p-149 = 0x1p-149; -0 = -0; inf = inf; -nan:0x200001 = nan
i32.reinterpret_f32: -0 = 0x80000000; 1 = 0x3f800000; -nan:0x200001 = 0xffa00001
i64.reinterpret_f64: -0 = 0x8000000000000000; 1 = 0x3ff0000000000000; -nan:0x4000000000001 = 0xfff4000000000001
f32.reinterpret_i32: 0x80000000 = -0; 0x3f800000 = 1; 0xffa00001 = -nan:0x200001
f64.reinterpret_i64: 0x8000000000000000 = -0; 0x3ff0000000000000 = 1; 0xfff4000000000001 = -nan:0x4000000000001
i32.trunc_sat_f32_s: -1.9 = -1; 0x1p31 = 0x7fffffff; -inf = 0x80000000; nan = 0; -nan:0x200001 = 0
i32.trunc_sat_f32_u: 1.9 = 1; -1 = 0; 0x1p32 = -1; inf = -1; nan = 0
i32.trunc_sat_f64_s: -1.9 = -1; 2147483648 = 0x7fffffff; -inf = 0x80000000; nan = 0
i32.trunc_sat_f64_u: 4294967295.9 = -1; -1 = 0; 4294967296 = -1; inf = -1; nan = 0
i64.trunc_sat_f32_s: -1.9 = -1; 0x1p63 = 0x7fffffffffffffff; -inf = 0x8000000000000000; nan = 0
i64.trunc_sat_f32_u: 1.9 = 1; -1 = 0; 0x1p64 = -1; inf = -1; nan = 0
i64.trunc_sat_f64_s: -1.9 = -1; 0x1p63 = 0x7fffffffffffffff; -inf = 0x8000000000000000; nan = 0
i64.trunc_sat_f64_u: 0x1.fffffffffffffp63 = 0xfffffffffffff800; -1 = 0; 0x1p64 = -1; nan = 0
`;
