using System.Globalization;
using System.Net;
using Betar.Node.Cli;
using Betar.Node.Configuration.Settings;
using Betar.Node.Errors;
using Betar.Node.Http.Certificates;
using Betar.Node.Http.Tokens;
using Betar.X402;

namespace Betar.Node.Http;

/// <summary>From the settings that say how HTTP is answered, each of which was checked by itself, to what the interface takes.</summary>
internal static class HttpArguments
{
    private const string Nowhere = "none";

    /// <summary>Where it is answered when nobody says where.</summary>
    public static string Usual { get; } = $"127.0.0.1:{HttpSettings.DefaultPort}";

    /// <summary>Null: nothing is answered over HTTP.</summary>
    /// <param name="settings">All of the node's; none of them is wrong.</param>
    /// <param name="environment">Where a token may be.</param>
    /// <param name="listen">Where.</param>
    public static Checked<HttpSettings?> Read(NodeSettings settings, EnvironmentVariables environment, string listen)
    {
        if (listen == Nowhere)
            return new Checked<HttpSettings?>(null, null);
        if (!IPEndPoint.TryParse(listen, out IPEndPoint? at) || !listen.Contains(':', StringComparison.Ordinal))
            return ErrorCatalog.BadOptionValue.Refuse($"--http {VisibleText.Of(listen)} is not an address and port", "write it as 127.0.0.1:8424, or none");
        Checked<byte[]?> token = OperatorToken.Read(settings.Text(NodeSetting.ApiToken), environment);
        if (!token.IsOk)
            return token.Refusal;
        Checked<HttpCertificates?> certificates = CertificateFiles.Read(settings.Text(NodeSetting.HttpCert), settings.Text(NodeSetting.HttpClientCa));
        if (!certificates.IsOk)
            return certificates.Refusal;
        _ = AtomicAmount.TryParseUsdc(settings.Text(NodeSetting.LegacyCap), out AtomicAmount cap);
        var http = new HttpSettings
        {
            Listen = at,
            TokenHash = token.Value,
            Certificates = certificates.Value,
            Hosts = settings[NodeSetting.HttpHosts].Texts,
            Origins = settings[NodeSetting.HttpOrigins].Texts,
            LegacyOpen = settings.Text(NodeSetting.LegacyOpen)!.Trim().Equals("true", StringComparison.OrdinalIgnoreCase),
            LegacyCap = cap,
            Limits = new HttpLimits
            {
                MaxBody = Whole(settings, NodeSetting.HttpMaxBody), PerMinute = Whole(settings, NodeSetting.HttpPerMinute),
                MaxConnections = Whole(settings, NodeSetting.HttpMaxConnections), MaxListeners = Whole(settings, NodeSetting.HttpMaxListeners),
            },
        };
        return Check(http) is { } unguarded ? unguarded : http;
    }

    /// <summary>Other machines come in with a token or a certificate only.</summary>
    public static CliRefusal? Check(HttpSettings settings) => settings switch
    {
        { IsLocal: true } => null,
        { LegacyOpen: true } => ErrorCatalog.HttpNotGuarded.Refuse($"--api-legacy-open is for this machine only, not for {settings.Listen}", "listen on 127.0.0.1, or leave it out"),
        { TokenHash: null } when settings.Certificates?.Authority is null => ErrorCatalog.HttpNotGuarded.Refuse($"{settings.Listen} can be reached from other machines"),
        _ => null,
    };

    private static int Whole(NodeSettings settings, Setting setting) => int.Parse(settings.Text(setting)!, NumberStyles.None, CultureInfo.InvariantCulture);
}
