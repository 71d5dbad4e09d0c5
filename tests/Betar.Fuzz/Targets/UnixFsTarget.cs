using Betar.Blocks.Dag;

namespace Betar.Fuzz.Targets;

/// <summary>What stands in the node of a file.</summary>
internal sealed class UnixFsTarget : IFuzzTarget
{
    private const int MaxSizes = 64;

    public string Name => "unixfs";

    public bool Take(byte[] input)
    {
        if (!UnixFsMessage.TryDecode(input, out var message, MaxSizes))
            return false;
        FuzzException.Unless(message.BlockSizes.Count <= MaxSizes && (message.Data?.Length ?? 0) <= input.Length, "more than was given");
        FuzzException.Unless(
            UnixFsMessage.TryDecode(message.Encode(), out var again, MaxSizes) && again.Type == message.Type && again.FileSize == message.FileSize
            && again.BlockSizes.SequenceEqual(message.BlockSizes) && (again.Data is null) == (message.Data is null)
            && (again.Data ?? default).Span.SequenceEqual((message.Data ?? default).Span),
            "it does not come back");
        return true;
    }
}
