using System.CommandLine;
using System.Globalization;
using Betar.Node.Errors;
using Betar.Node.Http.Tokens;

namespace Betar.Node.Cli.Tokens;

/// <summary><c>betar token list</c>: who may ask over HTTP. The tokens themselves are not kept.</summary>
internal static class TokenListCommand
{
    public static Command Create(CliHost host) => CliCommand.Create("list", "Show who may ask over HTTP", host, RunAsync);

    private static Task<CliRefusal?> RunAsync(CommandContext context, ParseResult arguments, CancellationToken cancellation)
    {
        Checked<IReadOnlyList<ApiToken>> tokens = new ApiTokenFile(context.Data.Tokens).Read();
        if (!tokens.IsOk)
            return Task.FromResult<CliRefusal?>(tokens.Refusal);
        if (context.Json)
            JsonOutput.WriteLine(context.Out, writer =>
            {
                writer.WriteStartArray();
                foreach (ApiToken token in tokens.Value)
                {
                    writer.WriteStartObject();
                    writer.WriteString("id", token.Id);
                    writer.WriteString("name", token.Name);
                    writer.WriteString("role", token.Role.ToString().ToLowerInvariant());
                    writer.WriteString("made", token.Made);
                    writer.WriteEndObject();
                }

                writer.WriteEndArray();
            });
        else
            foreach (ApiToken token in tokens.Value)
                context.Out.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{token.Id}  {token.Role.ToString().ToLowerInvariant(),-7}  {token.Made:yyyy-MM-dd}  {VisibleText.Of(token.Name)}"));
        return Task.FromResult<CliRefusal?>(null);
    }
}
