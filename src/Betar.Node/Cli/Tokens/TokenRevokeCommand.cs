using System.CommandLine;
using Betar.Node.Errors;
using Betar.Node.Http.Tokens;

namespace Betar.Node.Cli.Tokens;

/// <summary><c>betar token revoke</c>: a token counts no more, also on a running node.</summary>
internal static class TokenRevokeCommand
{
    private static readonly Argument<string> s_id = new("id") { Description = "As betar token list shows it", HelpName = "ID" };

    public static Command Create(CliHost host) => CliCommand.Create("revoke", "Take a token back", host, RunAsync, s_id);

    private static Task<CliRefusal?> RunAsync(CommandContext context, ParseResult arguments, CancellationToken cancellation) =>
        Task.FromResult(Run(context, arguments.GetRequiredValue(s_id)));

    private static CliRefusal? Run(CommandContext context, string id)
    {
        var file = new ApiTokenFile(context.Data.Tokens);
        Checked<IReadOnlyList<ApiToken>> tokens = file.Read();
        if (!tokens.IsOk)
            return tokens.Refusal;
        ApiToken[] left = [.. tokens.Value.Where(token => token.Id != id)];
        if (left.Length == tokens.Value.Count)
            return ErrorCatalog.BadOptionValue.Refuse($"There is no token {VisibleText.Of(id)}", "run betar token list");
        file.Write(left);
        return null;
    }
}
