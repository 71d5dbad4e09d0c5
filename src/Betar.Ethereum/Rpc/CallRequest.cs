namespace Betar.Ethereum;

/// <summary>A call that changes nothing (<c>eth_call</c>).</summary>
public sealed record CallRequest(Address To, ReadOnlyMemory<byte> Data)
{
    public Address? From { get; init; }

    public BlockTag Block { get; init; } = BlockTag.Latest;
}
