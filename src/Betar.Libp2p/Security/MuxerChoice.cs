namespace Betar.Libp2p.Security;

/// <summary>Choosing the muxer inside the handshake.</summary>
internal static class MuxerChoice
{
    /// <summary>
    /// The first of the dialer's that the listener has too; null when one side named none, which leaves the choice to
    /// multistream-select. Two lists with nothing in common are a failure.
    /// </summary>
    public static string? Choose(IReadOnlyList<string> dialer, IReadOnlyList<string> listener)
    {
        if (dialer.Count == 0 || listener.Count == 0)
            return null;
        return dialer.FirstOrDefault(listener.Contains)
            ?? throw new Libp2pException(Libp2pError.UnknownProtocol, "The two sides have no stream muxer in common.");
    }
}
