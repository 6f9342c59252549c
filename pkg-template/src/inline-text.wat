;; The bytes that a text stands for (xtask/src/build/text.rs). JavaScript that runs for the first time is interpreted, and
;; so takes longer for 40 kB than to compile this and run it.
(module
  ;; From 0 on, by the code of a character: its byte. Then the text, whose place the bytes take.
  (memory (export "memory") 1)

  ;; Reads the characters from $at to $end, and gives where the bytes end that begin at $at.
  (func (export "unpack") (param $at i32) (param $end i32) (result i32)
    (local $to i32) (local $character i32) (local $mark i32)
    (local.set $to (local.get $at))
    (loop $next
      (local.set $character (i32.load8_u (local.get $at)))
      (if (i32.ge_u (local.get $character) (i32.const 0x7b)) ;; {
        (then (local.set $mark (local.get $character)))
        (else
          (i32.store8
            (local.get $to)
            (select
              (i32.add (i32.mul (local.get $mark) (i32.const 80)) (local.get $character))
              (i32.load8_u (local.get $character))
              (local.get $mark)))
          (local.set $to (i32.add (local.get $to) (i32.const 1)))
          (local.set $mark (i32.const 0))))
      (local.set $at (i32.add (local.get $at) (i32.const 1)))
      (br_if $next (i32.lt_u (local.get $at) (local.get $end))))
    (local.get $to)))
