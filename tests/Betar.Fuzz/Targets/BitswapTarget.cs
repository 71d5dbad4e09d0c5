using Betar.Blocks.Diagnostics;
using Betar.Blocks.Exchange;
using Betar.Blocks.Exchange.Wire;
using Betar.Fuzz.Support;
using Betar.Libp2p.Multiformats;

namespace Betar.Fuzz.Targets;

/// <summary>Messages of bitswap, and the names of the blocks in them.</summary>
internal sealed class BitswapTarget : IFuzzTarget
{
    private static readonly BitswapOptions Options = new() { MaxPartsPerMessage = 64, MaxBlockBytes = 4096 };

    public string Name => "bitswap";

    public long MemoryBound(int length) => (64 * 1024) + (512L * length);

    public bool Take(byte[] input)
    {
        var taken = BitswapReader.TryRead(input, Options, new BlocksMeter(), out var message);
        FuzzException.Unless(!taken || SlowProtobuf.Read(input) is not null, "what is no protobuf message was taken");
        if (!taken)
            return false;
        FuzzException.Unless(message!.Wants.Count + message.Blocks.Count + message.Presences.Count <= Options.MaxPartsPerMessage, "too many parts");
        FuzzException.Unless(message.Wants.All(want => want.Cid.Bytes.Length <= Options.MaxCidBytes), "a name that is too long");
        foreach (var block in message.Blocks)
        {
            FuzzException.Unless(block.Data.Length <= Math.Min(Options.MaxBlockBytes, input.Length), "a block that is too large");
            if (CidPrefix.TryName(block.Prefix.Span, block.Data.Span, out var cid))
                FuzzException.Unless(Betar.Blocks.BlockHash.IsRight(cid, block.Data.Span), "a name that is not right");
        }

        var bytes = BitswapWriter.Write(message, BitswapProtocol.V12).SelectMany(piece => piece.ToArray()).ToArray();
        FuzzException.Unless(Varint.TryRead(bytes, out var length, out var head) && (int)length == bytes.Length - head, "the length is wrong");
        FuzzException.Unless(
            message.Blocks.Any(block => block.Prefix.IsEmpty) || (BitswapReader.TryRead(bytes.AsMemory(head), Options, new BlocksMeter(), out var again)
                && again.Presences.SequenceEqual(message.Presences) && again.Blocks.Count == message.Blocks.Count && again.Full == message.Full
                && again.Wants.Select(want => (want.Cid, want.Type, want.Cancel, want.Priority)).SequenceEqual(message.Wants.Select(want => (want.Cid, want.Type, want.Cancel, want.Priority)))),
            "it does not come back");
        return true;
    }
}
