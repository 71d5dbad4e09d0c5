using System.CommandLine;
using System.Net;
using Betar.Node.Cli;
using Betar.Node.Errors;
using Betar.Node.Http.Tokens;
using Betar.X402;

namespace Betar.Node.Http;

/// <summary>The options of <c>betar up</c> that say how HTTP is answered.</summary>
internal static class HttpArguments
{
    private const string Nowhere = "none";

    /// <summary>Where it is answered when nobody says where.</summary>
    public static string Usual { get; } = $"127.0.0.1:{HttpSettings.DefaultPort}";

    private static readonly Option<string?> s_token = new("--api-token") { Description = "A token that may do everything over HTTP, beside those of betar token", HelpName = "env:NAME|file:PATH" };

    private static readonly Option<string[]> s_hosts = Many("--http-host", "A name under which the node may be asked; may be repeated", "NAME");

    private static readonly Option<string[]> s_origins = Many("--http-origin", "Web pages of this origin may ask the node; may be repeated", "ORIGIN");

    private static readonly Option<bool> s_legacyOpen = new("--api-legacy-open") { Description = "Scripts of the original may spend without a token, on this machine" };

    private static readonly Option<string> s_legacyCap = new("--api-legacy-cap") { Description = "What such scripts may spend in all, in USDC", HelpName = "AMOUNT", DefaultValueFactory = _ => "1" };

    private static readonly Option<int> s_maxBody = Number("--http-max-body", "Longest request in bytes", new HttpLimits().MaxBody);

    private static readonly Option<int> s_perMinute = Number("--http-per-minute", "Requests of one address in a minute", new HttpLimits().PerMinute);

    private static readonly Option<int> s_connections = Number("--http-max-connections", "Connections at once", new HttpLimits().MaxConnections);

    private static readonly Option<int> s_listeners = Number("--http-max-listeners", "Listeners to events and logs at once", new HttpLimits().MaxListeners);

    public static Symbol[] All => [s_token, s_hosts, s_origins, s_legacyOpen, s_legacyCap, s_maxBody, s_perMinute, s_connections, s_listeners];

    /// <summary>Null: nothing is answered over HTTP.</summary>
    /// <param name="arguments">The other options.</param>
    /// <param name="environment">Where a token may be.</param>
    /// <param name="listen">As the option, a variable or the file says it.</param>
    public static Checked<HttpSettings?> Read(ParseResult arguments, EnvironmentVariables environment, string listen)
    {
        if (listen == Nowhere)
            return new Checked<HttpSettings?>(null, null);
        if (!IPEndPoint.TryParse(listen, out IPEndPoint? at) || !listen.Contains(':', StringComparison.Ordinal))
            return ErrorCatalog.BadOptionValue.Refuse($"--http {VisibleText.Of(listen)} is not an address and port", "write it as 127.0.0.1:8424, or none");
        (Option<int> Option, int Least, int Most)[] ranges =
            [(s_maxBody, 1_024, 64 * 1024 * 1024), (s_perMinute, 1, 1_000_000), (s_connections, 1, 100_000), (s_listeners, 1, 10_000)];
        foreach ((Option<int> option, int least, int most) in ranges)
            if (arguments.GetValue(option) is var value && (value < least || value > most))
                return ErrorCatalog.BadOptionValue.Refuse($"{option.Name} {value} is not within {least} to {most}");
        if (!AtomicAmount.TryParseUsdc(arguments.GetRequiredValue(s_legacyCap), out AtomicAmount cap))
            return ErrorCatalog.BadPrice.Refuse($"--api-legacy-cap {VisibleText.Of(arguments.GetRequiredValue(s_legacyCap))} is no amount of USDC");
        foreach (string origin in arguments.GetRequiredValue(s_origins))
            if (!Uri.TryCreate(origin, UriKind.Absolute, out Uri? page) || page.GetLeftPart(UriPartial.Authority) != origin)
                return ErrorCatalog.BadOptionValue.Refuse($"--http-origin {VisibleText.Of(origin)} is not an origin", "write it as https://example.org");
        Checked<byte[]?> token = OperatorToken.Read(arguments.GetValue(s_token), environment);
        if (!token.IsOk)
            return token.Refusal;
        var settings = new HttpSettings
        {
            Listen = at,
            TokenHash = token.Value,
            Hosts = arguments.GetRequiredValue(s_hosts),
            Origins = arguments.GetRequiredValue(s_origins),
            LegacyOpen = arguments.GetValue(s_legacyOpen),
            LegacyCap = cap,
            Limits = new HttpLimits
            {
                MaxBody = arguments.GetValue(s_maxBody), PerMinute = arguments.GetValue(s_perMinute),
                MaxConnections = arguments.GetValue(s_connections), MaxListeners = arguments.GetValue(s_listeners),
            },
        };
        return Check(settings) is { } unguarded ? unguarded : settings;
    }

    /// <summary>Other machines come in with a token only.</summary>
    public static CliRefusal? Check(HttpSettings settings) => settings switch
    {
        { IsLocal: true } => null,
        { LegacyOpen: true } => ErrorCatalog.HttpNotGuarded.Refuse($"--api-legacy-open is for this machine only, not for {settings.Listen}", "listen on 127.0.0.1, or leave it out"),
        { TokenHash: null } => ErrorCatalog.HttpNotGuarded.Refuse($"{settings.Listen} can be reached from other machines"),
        _ => null,
    };

    private static Option<string[]> Many(string name, string description, string help) => new(name) { Description = description, HelpName = help, DefaultValueFactory = _ => [] };

    private static Option<int> Number(string name, string description, int value) =>
        new(name) { Description = description, HelpName = "N", DefaultValueFactory = _ => value };
}
