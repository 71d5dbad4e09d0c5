using Betar.Crypto;
using Betar.Node.Cli.Wallets;
using Betar.Node.Errors;

namespace Betar.Node.Cli;

/// <summary>The terminal that a command line runs on; tests hand in writers and variables of their own.</summary>
public sealed class CliHost(TextWriter output, TextWriter error, EnvironmentVariables environment, TimeProvider time)
{
    public static CliHost Terminal() => new(Console.Out, Console.Error, System.Environment.GetEnvironmentVariable, TimeProvider.System)
    {
        Watched = !Console.IsErrorRedirected,
        Answers = Console.IsInputRedirected ? null : Console.In,
        AskSecret = SecretPrompt.Terminal,
        Input = Console.OpenStandardInput(),
        Output = Console.OpenStandardOutput(),
        Screen = Console.IsOutputRedirected ? null : () => (Console.WindowWidth, Console.WindowHeight),
    };

    public TextWriter Out { get; } = output;

    public TextWriter Error { get; } = error;

    public EnvironmentVariables Environment { get; } = environment;

    public TimeProvider Time { get; } = time;

    public bool Watched { get; init; }

    /// <summary>Where a person answers questions; null when nobody is there to ask.</summary>
    public TextReader? Answers { get; init; }

    /// <summary>Asks a person for a password, unseen; null when nobody is there to ask.</summary>
    public Func<string, SecretBytes?>? AskSecret { get; init; }

    /// <summary>The bytes that are piped in, for commands that carry bytes.</summary>
    public Stream Input { get; init; } = Stream.Null;

    /// <summary>Where bytes go that are no text.</summary>
    public Stream Output { get; init; } = Stream.Null;

    /// <summary>The size of the terminal; null where none shows what is printed.</summary>
    public ScreenSize? Screen { get; init; }

    /// <summary>Prints a refusal and gives its exit code.</summary>
    public int Report(CliRefusal refusal, bool verbose)
    {
        Error.WriteLine(refusal.Sentence);
        if (verbose && refusal.Cause is not null)
            Error.WriteLine(string.Join('\n', refusal.Cause.ToString().Split('\n').Select(line => VisibleText.Of(line.TrimEnd('\r')))));
        Error.Flush();
        return refusal.Error.ExitCode;
    }
}
