using System.Globalization;
using System.Text;
using Betar.Ethereum;

namespace Betar.X402.Extensions.SignInWithX;

/// <summary>What an account signs to say that it is there (CAIP-122, EIP-4361). Times are texts, exactly as they are signed.</summary>
/// <param name="Domain">Host and port that ask.</param>
/// <param name="ChainId">Of EIP-155.</param>
public sealed record SignInMessage(string Domain, Address Address, string Uri, ulong ChainId, string Nonce, string IssuedAt)
{
    /// <summary>The one version that there is.</summary>
    public const string Version = "1";

    public const int MaxTextLength = 2048;
    public const int MaxResources = 32;

    private const string Intro = " wants you to sign in with your Ethereum account:";

    public string? Statement { get; init; }

    public string? ExpirationTime { get; init; }

    public string? NotBefore { get; init; }

    public string? RequestId { get; init; }

    public IReadOnlyList<string> Resources { get; init; } = [];

    /// <summary>Whether no field could be taken for several lines, and none is empty where it must not be or too long.</summary>
    public bool IsWellFormed =>
        Fits(Domain) && Fits(Uri) && Fits(IssuedAt) && Nonce.Length is >= 8 and <= 128 && Nonce.All(char.IsAsciiLetterOrDigit)
        && new[] { Statement, ExpirationTime, NotBefore, RequestId }.All(text => text is null || Fits(text))
        && Resources.Count <= MaxResources && Resources.All(Fits);

    /// <summary>The text that is signed.</summary>
    public string ToText()
    {
        var text = new StringBuilder(512);
        text.Append(Domain).Append(Intro).Append('\n').Append(Address).Append("\n\n").Append(Statement is null ? "" : Statement + "\n").Append('\n');
        text.Append("URI: ").Append(Uri).Append("\nVersion: " + Version);
        text.Append("\nChain ID: ").Append(ChainId.ToString(CultureInfo.InvariantCulture)).Append("\nNonce: ").Append(Nonce).Append("\nIssued At: ").Append(IssuedAt);
        Append(text, "Expiration Time: ", ExpirationTime);
        Append(text, "Not Before: ", NotBefore);
        Append(text, "Request ID: ", RequestId);
        if (Resources.Count > 0)
        {
            text.Append("\nResources:");
            foreach (var resource in Resources)
            {
                text.Append("\n- ").Append(resource);
            }
        }

        return text.ToString();
    }

    /// <summary>Only what <see cref="ToText"/> writes: one message has one text.</summary>
    public static bool TryParse(string text, out SignInMessage? message)
    {
        message = null;
        var lines = new SignInLines(text);
        if (!lines.TryTakeEnding(Intro, out var domain) || !lines.TryTake("", out var account) || !Address.TryParse(account, out var address) || !lines.TryTakeEmpty())
        {
            return false;
        }

        var statement = lines.TryTakeEmpty() ? null : lines.TryTake("", out var said) && lines.TryTakeEmpty() ? said : "";
        if (statement is "" || !lines.TryTake("URI: ", out var uri) || !lines.TryTake("Version: ", out var version) || version != Version
            || !lines.TryTake("Chain ID: ", out var chain) || !ulong.TryParse(chain, NumberStyles.None, CultureInfo.InvariantCulture, out var chainId)
            || !lines.TryTake("Nonce: ", out var nonce) || !lines.TryTake("Issued At: ", out var issued))
        {
            return false;
        }

        var read = new SignInMessage(domain, address, uri, chainId, nonce, issued)
        {
            Statement = statement,
            ExpirationTime = lines.TryTake("Expiration Time: ", out var end) ? end : null,
            NotBefore = lines.TryTake("Not Before: ", out var begin) ? begin : null,
            RequestId = lines.TryTake("Request ID: ", out var request) ? request : null,
            Resources = lines.TakeList("Resources:", "- ", MaxResources),
        };
        message = lines.AtEnd && read.IsWellFormed && read.ToText() == text ? read : null;
        return message is not null;
    }

    private static bool Fits(string text) => text.Length is > 0 and <= MaxTextLength && !text.Any(char.IsControl);

    private static void Append(StringBuilder text, string name, string? value)
    {
        if (value is not null)
        {
            text.Append('\n').Append(name).Append(value);
        }
    }
}
