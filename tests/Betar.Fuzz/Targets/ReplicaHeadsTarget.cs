using Betar.Marketplace.Replication.Wire;

namespace Betar.Fuzz.Targets;

/// <summary>Broadcasts of heads, in both forms.</summary>
internal sealed class ReplicaHeadsTarget : IFuzzTarget
{
    private const int Most = 16;

    public string Name => "replica-heads";

    public bool Take(byte[] input)
    {
        if (HeadsCodec.Decode(input, Most) is not { } heads)
            return false;
        FuzzException.Unless(heads.Count <= Most && heads.Distinct().Count() == heads.Count, "too many heads, or one twice");
        FuzzException.Unless(HeadsCodec.Decode(HeadsCodec.Encode(heads), Most)!.SequenceEqual(heads), "it does not come back");
        return heads.Count > 0;
    }
}
