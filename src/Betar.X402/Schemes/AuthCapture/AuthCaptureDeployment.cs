using Betar.Ethereum;

namespace Betar.X402.Schemes.AuthCapture;

/// <summary>An escrow and what fills it; the same addresses on every chain.</summary>
/// <param name="RefundCollector">Brings captured money back; null where the steps after the filling are not published.</param>
public sealed record AuthCaptureDeployment(Address Escrow, Address Eip3009Collector, Address? RefundCollector = null)
{
    public const ulong AuthorizeGasLimit = 400_000;

    public static AuthCaptureDeployment V10 { get; } = new(
        Address.Parse("0xBdEA0D1bcC5966192B070Fdf62aB4EF5b4420cff"), Address.Parse("0x0E3dF9510de65469C4518D7843919c0b8C7A7757"),
        Address.Parse("0x934907bffd0901b6A21e398B9C53A4A38F02fa5d"));

    public static AuthCaptureDeployment V11 { get; } = new(
        Address.Parse("0xf96815976523E00e65Be8f34cA5e64b4f41EB19c"), Address.Parse("0x8612dfdc421f80336cd14E8EF9cb1E765dB5ab88"));

    /// <summary>Whether more is known of it than how it is filled.</summary>
    public bool IsPublished => RefundCollector is not null;

    /// <summary>The one that a requirement names; without a name the newest. Null for an escrow that is not ours to know.</summary>
    public static AuthCaptureDeployment? Find(string? escrow) =>
        string.IsNullOrEmpty(escrow) ? V11
        : !Address.TryParse(escrow, out var address) ? null
        : address == V11.Escrow ? V11
        : address == V10.Escrow ? V10
        : null;
}
