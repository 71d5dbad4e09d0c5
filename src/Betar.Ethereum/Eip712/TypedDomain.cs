namespace Betar.Ethereum.Eip712;

/// <summary>The signing domain of EIP-712. What is null is not part of it, neither of its type nor of its value.</summary>
public sealed record TypedDomain
{
    internal const string StructName = "EIP712Domain";

    public string? Name { get; init; }

    public string? Version { get; init; }

    public UInt256? ChainId { get; init; }

    public Address? VerifyingContract { get; init; }

    public Hash32? Salt { get; init; }

    public Hash32 Separator() => TypedData.HashStruct(TypedStructs.Create((StructName, [.. Members()])), StructName, [.. Values()]);

    internal IEnumerable<TypedMember> Members()
    {
        if (Name is not null)
            yield return new TypedMember("name", "string");
        if (Version is not null)
            yield return new TypedMember("version", "string");
        if (ChainId is not null)
            yield return new TypedMember("chainId", "uint256");
        if (VerifyingContract is not null)
            yield return new TypedMember("verifyingContract", "address");
        if (Salt is not null)
            yield return new TypedMember("salt", "bytes32");
    }

    internal IEnumerable<object> Values()
    {
        if (Name is not null)
            yield return Name;
        if (Version is not null)
            yield return Version;
        if (ChainId is { } chain)
            yield return chain;
        if (VerifyingContract is { } contract)
            yield return contract;
        if (Salt is { } salt)
            yield return salt.ToArray();
    }
}
