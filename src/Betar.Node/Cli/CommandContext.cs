using Betar.Crypto;
using Betar.Node.Control;
using Betar.Node.Folder;

namespace Betar.Node.Cli;

/// <summary>What a command may use: where to print, how, and where its data are.</summary>
public sealed record CommandContext(TextWriter Out, TextWriter Error, TimeProvider Time, EnvironmentVariables Environment)
{
    /// <summary>Print for machines: JSON on stdout, nothing else there.</summary>
    public bool Json { get; init; }

    /// <summary>Show stack traces and the node's log.</summary>
    public bool Verbose { get; init; }

    /// <summary>A person is watching stderr, so progress helps; a file or a pipe gets none.</summary>
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

    /// <summary>A node elsewhere that the command asks; null: the one of the data folder.</summary>
    public NodeAddress? Node { get; init; }

    public required DataFolder Data { get; init; }

    /// <param name="deadline">How long one answer may take.</param>
    public INodeClient Ask(TimeSpan deadline) => Node is null ? new ControlClient(Data, deadline) : new RemoteClient(Node, deadline);
}
