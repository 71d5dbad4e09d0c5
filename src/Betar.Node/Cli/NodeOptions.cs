using System.CommandLine;
using Betar.Node.Control;
using Betar.Node.Errors;
using Betar.Node.Http.Tokens;

namespace Betar.Node.Cli;

/// <summary>The options that say which node a command asks.</summary>
internal static class NodeOptions
{
    public const string UrlVariable = "BETAR_API_URL";
    public const string TokenVariable = "BETAR_API_TOKEN";

    public static Option<string?> ApiUrl { get; } = new("--api-url")
    {
        Description = $"Ask the node whose HTTP interface is there, not the one of the data folder [default: ${UrlVariable}]", HelpName = "URL",
    };

    public static Option<string?> Token { get; } = new("--token")
    {
        Description = $"Who asks it, as betar token new printed it there [default: ${TokenVariable}]", HelpName = "env:NAME|file:PATH",
    };

    /// <summary>Null: the node of the data folder.</summary>
    public static Checked<NodeAddress?> Read(CommandContext context, ParseResult arguments)
    {
        var reference = arguments.GetValue(Token);
        if ((arguments.GetValue(ApiUrl) ?? Variable(context, UrlVariable)) is not { } url)
            return reference is null ? new Checked<NodeAddress?>(null, null) : ErrorCatalog.MissingOption.Refuse("--token is for a node that is asked over HTTP", "say which: --api-url http://127.0.0.1:8424");
        if (!Uri.TryCreate(url.EndsWith('/') ? url : url + "/", UriKind.Absolute, out var address) || address is not { Scheme: "http" or "https", UserInfo: "", Query: "", Fragment: "" })
            return ErrorCatalog.BadOptionValue.Refuse($"\"{VisibleText.Of(url)}\" is not the address of a node", "write it as http://127.0.0.1:8424");
        var token = OperatorToken.Text(reference ?? (Variable(context, TokenVariable) is null ? null : "env:" + TokenVariable), "--token", context.Environment);
        if (!token.IsOk)
            return token.Refusal;
        if (token.Value is not null && address.Scheme == "http" && !address.IsLoopback)
            context.Error.WriteLine($"Warning: the token goes to {address.Host} in clear; use https where others share the way.");
        return new NodeAddress(address, token.Value ?? "");
    }

    private static string? Variable(CommandContext context, string name) => context.Environment(name) is { Length: > 0 } value ? value : null;
}
