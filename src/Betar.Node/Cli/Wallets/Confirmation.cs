using System.CommandLine;
using Betar.Node.Errors;

namespace Betar.Node.Cli.Wallets;

/// <summary>Asks before anything is spent or revealed. Only "yes" is a yes, and without a person at the terminal only --yes.</summary>
internal static class Confirmation
{
    public static Option<bool> Yes { get; } = new("--yes") { Description = "Do not ask" };

    public static async Task<CliRefusal?> AskAsync(CommandContext context, bool yes, string question, CancellationToken cancellation)
    {
        if (yes)
            return null;
        if (context.Answers is null)
            return ErrorCatalog.NotConfirmed.Refuse($"{question} needs a confirmation and nobody is at the terminal");
        await context.Error.WriteAsync($"{question}? Type yes to go on: ");
        await context.Error.FlushAsync(cancellation);
        var answer = await context.Answers.ReadLineAsync(cancellation);
        return string.Equals(answer?.Trim(), "yes", StringComparison.OrdinalIgnoreCase)
            ? null
            : ErrorCatalog.NotConfirmed.Refuse($"{question} was not confirmed, and nothing was done");
    }
}
