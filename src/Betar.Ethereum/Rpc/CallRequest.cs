namespace Betar.Ethereum;

/// <summary>A call that changes nothing (<c>eth_call</c>).</summary>
public sealed record CallRequest(Address To, ReadOnlyMemory<byte> Data)
{
    public Address? From { get; init; }

    public BlockTag Block { get; init; } = BlockTag.Latest;

    /// <summary>The data is a contract's creation, and the result is what the creation returns. There is then no recipient.</summary>
    public bool Creates { get; private init; }

    public static CallRequest Creation(ReadOnlyMemory<byte> initCode) => new(Address.Zero, initCode) { Creates = true };
}
