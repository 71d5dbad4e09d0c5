using System.Text;
using Betar.Crypto;

namespace Betar.Ethereum.Eip712;

/// <summary>
/// A message of EIP-712. Values are those of the ABI (<see cref="AbiKind"/>); a struct is an object list with a value for each member.
/// </summary>
public sealed class TypedData
{
    public const int MaxDepth = 16;
    public const int MaxListItems = 4096;

    const int Word = 32;

    /// <exception cref="ArgumentException">A value does not fit its type, or a limit does not hold: the caller's bug.</exception>
    public TypedData(TypedStructs types, string primaryType, TypedDomain domain, IReadOnlyList<object> message)
    {
        ArgumentNullException.ThrowIfNull(types);
        ArgumentNullException.ThrowIfNull(domain);
        ArgumentNullException.ThrowIfNull(message);
        if (!types.Contains(primaryType))
            throw new ArgumentException("The primary type is not in the description.", nameof(primaryType));
        (Types, PrimaryType, Domain, Message) = (types, primaryType, domain, message);
        StructHash = HashStruct(types, primaryType, message);
        Digest = DigestOf(domain.Separator(), StructHash);
    }

    public TypedStructs Types { get; }

    public string PrimaryType { get; }

    public TypedDomain Domain { get; }

    public IReadOnlyList<object> Message { get; }

    public Hash32 StructHash { get; }

    /// <summary>What is signed: keccak256 of 0x1901, the domain's separator and the struct's hash.</summary>
    public Hash32 Digest { get; }

    public static Hash32 HashStruct(TypedStructs types, string name, IReadOnlyList<object> values)
    {
        var hash = new byte[Word];
        HashStruct(types, name, values, hash, 0);
        return new Hash32(hash);
    }

    static Hash32 DigestOf(Hash32 separator, Hash32 structHash)
    {
        Span<byte> bytes = stackalloc byte[2 + 2 * Word];
        bytes[0] = 0x19;
        bytes[1] = 0x01;
        separator.CopyTo(bytes[2..]);
        structHash.CopyTo(bytes[(2 + Word)..]);
        Span<byte> hash = stackalloc byte[Word];
        Keccak256.Hash(bytes, hash);
        return new Hash32(hash);
    }

    static void HashStruct(TypedStructs types, string name, IReadOnlyList<object> values, Span<byte> hash, int depth)
    {
        var kinds = types.KindsOf(name);
        if (kinds.Count != values.Count)
            throw new ArgumentException($"{values.Count} values for the {kinds.Count} members of {name}.", nameof(values));
        if (depth > MaxDepth)
            throw new ArgumentException($"The values nest deeper than {MaxDepth}.", nameof(values));
        var encoded = new byte[Word * (1 + kinds.Count)];
        types.TypeHashOf(name).CopyTo(encoded);
        for (var i = 0; i < kinds.Count; i++)
            Encode(types, kinds[i], values[i], encoded.AsSpan(Word * (1 + i), Word), depth);
        Keccak256.Hash(encoded, hash);
    }

    // Every value is one word: itself, its hash, or the hash of its parts.
    static void Encode(TypedStructs types, TypedKind kind, object value, Span<byte> word, int depth)
    {
        if (kind.Struct is { } name)
            HashStruct(types, name, Parts(value), word, depth + 1);
        else if (kind.Element is { } element)
            HashList(types, element, kind.Length, Parts(value), word, depth + 1);
        else if (kind.Atom!.Kind == AbiKind.Bytes)
            Keccak256.Hash(value as byte[] ?? throw Mismatch(kind.Atom), word);
        else if (kind.Atom.Kind == AbiKind.Text)
            Keccak256.Hash(Encoding.UTF8.GetBytes(value as string ?? throw Mismatch(kind.Atom)), word);
        else
            AbiWord.Write(kind.Atom, value, word);
    }

    static void HashList(TypedStructs types, TypedKind element, int length, IReadOnlyList<object> items, Span<byte> word, int depth)
    {
        if (items.Count > MaxListItems || (length >= 0 && items.Count != length))
            throw new ArgumentException("A list has another length than its type, or too many items.", nameof(items));
        if (depth > MaxDepth)
            throw new ArgumentException($"The values nest deeper than {MaxDepth}.", nameof(items));
        var encoded = new byte[Word * items.Count];
        for (var i = 0; i < items.Count; i++)
            Encode(types, element, items[i], encoded.AsSpan(Word * i, Word), depth);
        Keccak256.Hash(encoded, word);
    }

    static IReadOnlyList<object> Parts(object value) =>
        value as IReadOnlyList<object> ?? throw new ArgumentException("A struct or a list is a list of values.", nameof(value));

    static ArgumentException Mismatch(AbiType type) => new($"The value is no {type}.");
}
