using System.CommandLine;
using Betar.Node.Errors;

namespace Betar.Node.Cli.Completion;

/// <summary><c>betar completion</c>: a script that lets a shell complete the words of this very command line.</summary>
internal static class CompletionCommand
{
    private static readonly Argument<string> Shell = new("shell") { Description = "bash, zsh or fish", HelpName = "SHELL" };

    public static Command Create(CliHost host, Command root) => CliCommand.Create(
        "completion", "Print a script that completes commands in a shell", host, (context, arguments, _) => Task.FromResult(Print(context, arguments.GetRequiredValue(Shell), root)), Shell);

    private static CliRefusal? Print(CommandContext context, string shell, Command root)
    {
        var places = CompletionPlace.Of(root);
        Action<TextWriter, IReadOnlyList<CompletionPlace>>? write = shell switch
        {
            "bash" => BashCompletion.Write,
            "zsh" => ZshCompletion.Write,
            "fish" => FishCompletion.Write,
            _ => null,
        };
        if (write is null)
            return ErrorCatalog.BadOptionValue.Refuse($"There is no completion for \"{VisibleText.Of(shell)}\"", "name bash, zsh or fish");
        using var script = new StringWriter { NewLine = "\n" };
        write(script, places);
        context.Out.Write(script.ToString());
        return null;
    }
}
