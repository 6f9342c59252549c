//! What std would bring to a module: an allocator, and the end of a panic. No input reaches a panic; should one
//! happen all the same, the instance traps, and the JavaScript loader replaces it.

use talc::wasm::{WasmDynamicTalc, new_wasm_dynamic_allocator};

#[global_allocator]
static ALLOCATOR: WasmDynamicTalc = new_wasm_dynamic_allocator();

#[panic_handler]
fn panic(_: &core::panic::PanicInfo<'_>) -> ! {
    core::arch::wasm32::unreachable()
}
