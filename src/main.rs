//! The command `avouch`.

fn main() -> std::process::ExitCode {
    avouch::cli::run()
}
