using System.CommandLine;
using System.Security.Cryptography;
using Betar.Node.Errors;
using Betar.Node.Http;
using Betar.Node.Http.Tokens;

namespace Betar.Node.Cli.Tokens;

/// <summary><c>betar token new</c>: makes a token for the HTTP interface and shows it, once.</summary>
internal static class TokenNewCommand
{
    private const int MaxName = 64;
    private const int IdBytes = 4;

    private static readonly Option<string> s_role = new("--role") { Description = "What it may do: read, operate or spend", HelpName = "ROLE", DefaultValueFactory = _ => "read" };

    private static readonly Option<string> s_name = new("--name") { Description = "For whom it is", HelpName = "NAME", DefaultValueFactory = _ => "" };

    public static Command Create(CliHost host) => CliCommand.Create("new", "Make a token and show it, once", host, RunAsync, s_role, s_name);

    private static Task<CliRefusal?> RunAsync(CommandContext context, ParseResult arguments, CancellationToken cancellation) => Task.FromResult(Run(context, arguments));

    private static CliRefusal? Run(CommandContext context, ParseResult arguments)
    {
        string word = arguments.GetRequiredValue(s_role), name = arguments.GetRequiredValue(s_name);
        if (!Enum.TryParse(word, ignoreCase: true, out ApiRole role) || !Enum.IsDefined(role) || char.IsAsciiDigit(word[0]))
            return ErrorCatalog.BadOptionValue.Refuse($"--role {VisibleText.Of(word)} is none of read, operate, spend");
        if (name.Length > MaxName)
            return ErrorCatalog.BadOptionValue.Refuse($"--name has {name.Length} characters; {MaxName} are possible");
        Checked<Folder.DataFolder> folder = context.Data.Prepare();
        if (!folder.IsOk)
            return folder.Refusal;
        var file = new ApiTokenFile(context.Data.Tokens);
        Checked<IReadOnlyList<ApiToken>> known = file.Read();
        if (!known.IsOk)
            return known.Refusal;
        if (known.Value.Count >= ApiTokenFile.MaxTokens)
            return ErrorCatalog.BadOptionValue.Refuse($"There are {known.Value.Count} tokens already", "revoke some with betar token revoke");
        string token = TokenText.Make(), id = RandomNumberGenerator.GetHexString(2 * IdBytes, lowercase: true);
        file.Write([.. known.Value, new ApiToken(id, name, role, TokenText.Hash(token), context.Time.GetUtcNow())]);
        if (context.Json)
            JsonOutput.WriteLine(context.Out, writer =>
            {
                writer.WriteStartObject();
                writer.WriteString("id", id);
                writer.WriteString("role", role.ToString().ToLowerInvariant());
                writer.WriteString("token", token);
                writer.WriteEndObject();
            });
        else
            context.Out.WriteLine(token);
        return null;
    }
}
