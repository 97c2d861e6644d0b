//! The command `avouch`.

// Documents are many small strings, made on all cores: the allocator of glibc spends a quarter of
// a build on them.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> std::process::ExitCode {
    avouch::cli::run()
}
