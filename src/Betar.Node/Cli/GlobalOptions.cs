using System.CommandLine;

namespace Betar.Node.Cli;

/// <summary>The options that every command takes.</summary>
public static class GlobalOptions
{
    public static Option<string?> Data { get; } = new("--data")
    {
        Description = "The folder that keeps everything [default: $BETAR_DATA_DIR, else ~/.betar]",
        HelpName = "DIR",
        Recursive = true,
    };

    public static Option<bool> Json { get; } = new("--json") { Description = "Print JSON for machines", Recursive = true };

    public static Option<bool> Verbose { get; } = new("--verbose") { Description = "Show details, also of errors", Recursive = true };
}
