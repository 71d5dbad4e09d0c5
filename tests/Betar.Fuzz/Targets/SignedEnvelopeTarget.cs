using Betar.Libp2p.Records;

namespace Betar.Fuzz.Targets;

/// <summary>Signed peer records: whatever is changed, only what its peer signed is taken.</summary>
internal sealed class SignedEnvelopeTarget : IFuzzTarget
{
    /// <summary>The peers whose keys signed what the corpus holds; nobody else's signature can come about.</summary>
    private readonly HashSet<string> _signers = [.. Corpus.Of("signed-envelope").Select(Signer).OfType<string>()];

    public string Name => "signed-envelope";

    public bool Take(byte[] input)
    {
        if (Signer(input) is not { } signer)
            return false;
        FuzzException.Unless(_signers.Contains(signer), $"{signer} has signed nothing");
        return true;
    }

    private static string? Signer(byte[] envelope) =>
        PeerRecord.TryOpen(envelope, 32, out var record) ? record.Peer.ToString() : null;
}
