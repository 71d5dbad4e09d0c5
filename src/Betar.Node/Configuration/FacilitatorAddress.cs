using System.Diagnostics.CodeAnalysis;

namespace Betar.Node.Configuration;

/// <summary>Where a facilitator may be: payments go over https, or stay on this machine, since whoever listens could have them settled first.</summary>
internal static class FacilitatorAddress
{
    public const string Advice = "write it as https://…; http only for this machine";

    public static bool TryParse(string text, [NotNullWhen(true)] out Uri? address) =>
        Uri.TryCreate(text, UriKind.Absolute, out address)
        && (address.Scheme == Uri.UriSchemeHttps || (address.Scheme == Uri.UriSchemeHttp && address.IsLoopback));
}
