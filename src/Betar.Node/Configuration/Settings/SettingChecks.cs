using System.Globalization;
using Betar.Ethereum;
using Betar.Node.Composition;
using Betar.Node.Errors;
using Betar.X402;

namespace Betar.Node.Configuration.Settings;

/// <summary>What values may be.</summary>
internal static class SettingChecks
{
    public static Func<string, string, CliRefusal?> Whole(int least, int most) => (where, text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most
            ? null
            : Bad(where, text, string.Create(CultureInfo.InvariantCulture, $"is not within {least} to {most}"));

    public static Func<string, string, CliRefusal?> OneOf(params string[] words) => (where, text) =>
        words.Contains(text.Trim().ToLowerInvariant()) ? null : Bad(where, text, $"is not one of {string.Join(", ", words)}");

    public static CliRefusal? Web(string where, string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var address) && (address.Scheme == Uri.UriSchemeHttps || address.Scheme == Uri.UriSchemeHttp)
            ? null
            : Bad(where, text, "is not an address that begins with https:// or http://");

    public static CliRefusal? Folder(string where, string text) => Directory.Exists(text) ? null : Bad(where, text, "is not a folder");

    public static CliRefusal? Origin(string where, string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var page) && page.GetLeftPart(UriPartial.Authority) == text
            ? null
            : Bad(where, text, "is not an origin", "write it as https://example.org");

    public static CliRefusal? Usdc(string where, string text) =>
        AtomicAmount.TryParseUsdc(text, out _) ? null : ErrorCatalog.BadPrice.Refuse($"{where} {VisibleText.Of(text)} is no amount of USDC");

    public static CliRefusal? Facilitator(string where, string text) =>
        FacilitatorAddress.TryParse(text, out _) ? null : Bad(where, text, "is not an address of a facilitator", FacilitatorAddress.Advice);

    public static CliRefusal? Account(string where, string text) => Address.TryParse(text, out _)
        ? null
        : ErrorCatalog.BadAddress.Refuse($"{where} {VisibleText.Of(text)} is not an Ethereum address");

    /// <summary>The original writes durations as Go does: 30s, 1m30s.</summary>
    public static CliRefusal? Interval(string where, string text) => Durations.TryParse(text, out var interval) && interval >= TimeSpan.FromSeconds(5)
        ? null
        : Bad(where, text, "is not a time of 5s or more", "write it as 30s or 5m");

    public static CliRefusal Bad(string where, string text, string why, string? next = null) =>
        ErrorCatalog.BadOptionValue.Refuse($"{where} {VisibleText.Of(text)} {why}", next);

    public static CliRefusal? Listen(string where, string text) => UpOptions.ReadListen(where, text).Refusal;

    public static CliRefusal? Bootstrap(string where, string text) => UpOptions.ReadBootstrap(where, text).Refusal;

    public static CliRefusal? Fund(string where, string text) => UpOptions.ReadFund(where, text).Refusal;

    public static CliRefusal? Service(string where, string text) => UpOptions.CheckService(where, text);
}
