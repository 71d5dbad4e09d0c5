using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;
using Betar.Crypto;

namespace Betar.Ethereum.Eip712;

/// <summary>A type description of EIP-712, checked as a whole: every name is known, every limit holds.</summary>
public sealed class TypedStructs
{
    public const int MaxStructs = 64;
    public const int MaxMembers = 64;
    public const int MaxNameLength = 128;
    public const int MaxListDepth = 4;

    readonly Dictionary<string, Description> _structs = new(StringComparer.Ordinal);

    TypedStructs() { }

    /// <summary>False with what is wrong.</summary>
    public static bool TryCreate(
        IReadOnlyDictionary<string, IReadOnlyList<TypedMember>> types, [NotNullWhen(true)] out TypedStructs? structs, [NotNullWhen(false)] out string? fault)
    {
        ArgumentNullException.ThrowIfNull(types);
        var made = new TypedStructs();
        fault = types.Count > MaxStructs ? $"there are more than {MaxStructs} structs" : null;
        foreach (var (name, members) in fault is null ? types : new Dictionary<string, IReadOnlyList<TypedMember>>())
            fault ??= made.Add(name, members, types);
        foreach (var name in fault is null ? types.Keys : [])
            made._structs[name] = made._structs[name] with { TypeHash = Keccak256.Hash(Encoding.UTF8.GetBytes(made.EncodeType(name))) };
        structs = fault is null ? made : null;
        return structs is not null;
    }

    /// <summary>For literals.</summary>
    public static TypedStructs Create(params IEnumerable<(string Name, TypedMember[] Members)> types) =>
        TryCreate(types.ToDictionary(type => type.Name, type => (IReadOnlyList<TypedMember>)type.Members), out var structs, out var fault)
            ? structs
            : throw new FormatException($"Not a type description: {fault}.");

    public IEnumerable<string> Names => _structs.Keys;

    public bool Contains(string name) => _structs.ContainsKey(name);

    public IReadOnlyList<TypedMember> MembersOf(string name) => _structs[name].Members;

    /// <summary>The struct's own signature, then those that it needs in the order of their names.</summary>
    public string EncodeType(string name)
    {
        var needed = new SortedSet<string>(StringComparer.Ordinal);
        Collect(name, needed);
        needed.Remove(name);
        return string.Concat(needed.Prepend(name).Select(Signature));
    }

    internal ReadOnlySpan<byte> TypeHashOf(string name) => _structs[name].TypeHash;

    internal IReadOnlyList<TypedKind> KindsOf(string name) => _structs[name].Kinds;

    string Signature(string name) => $"{name}({string.Join(',', _structs[name].Members.Select(member => $"{member.Type} {member.Name}"))})";

    void Collect(string name, SortedSet<string> needed)
    {
        if (!needed.Add(name))
            return;
        foreach (var kind in _structs[name].Kinds)
        {
            var inner = kind;
            while (inner.Element is { } element)
                inner = element;
            if (inner.Struct is { } next)
                Collect(next, needed);
        }
    }

    string? Add(string name, IReadOnlyList<TypedMember> members, IReadOnlyDictionary<string, IReadOnlyList<TypedMember>> types)
    {
        if (!IsName(name) || AbiType.TryParse(name, out _))
            return "a struct's name is no identifier, or that of a type of its own";
        if (members.Count > MaxMembers)
            return $"{name} has more than {MaxMembers} members";
        if (members.Select(member => member.Name).Distinct(StringComparer.Ordinal).Count() != members.Count)
            return $"{name} has a member twice";
        var kinds = new List<TypedKind>();
        foreach (var member in members)
        {
            if (!IsName(member.Name))
                return $"a member of {name} has a name that is no identifier";
            if (Parse(member.Type, types, 0) is not { } kind)
                return $"the type of {name}.{member.Name} is not known";
            kinds.Add(kind);
        }

        _structs.Add(name, new Description([.. members], kinds, []));
        return null;
    }

    static TypedKind? Parse(string text, IReadOnlyDictionary<string, IReadOnlyList<TypedMember>> types, int depth)
    {
        if (text.Length > MaxNameLength || depth > MaxListDepth)
            return null;
        if (text.EndsWith(']'))
        {
            var open = text.LastIndexOf('[');
            if (open < 1 || !TryLength(text.AsSpan(open + 1, text.Length - open - 2), out var length) || Parse(text[..open], types, depth + 1) is not { } element)
                return null;
            return new TypedKind(null, null, element, length);
        }

        if (types.ContainsKey(text))
            return new TypedKind(null, text, null, 0);

        // The short names of integers are other types in a hash, so only the names that stand there are taken.
        return AbiType.TryParse(text, out var atom) && atom.Name == text && atom.Kind != AbiKind.Tuple ? new TypedKind(atom, null, null, 0) : null;
    }

    static bool TryLength(ReadOnlySpan<char> digits, out int length)
    {
        length = -1;
        return digits.IsEmpty
            || (int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out length) && length <= TypedData.MaxListItems && digits[0] != '0');
    }

    static bool IsName(string text) =>
        text.Length is > 0 and <= MaxNameLength && !char.IsAsciiDigit(text[0])
        && text.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '_' or '$');

    sealed record Description(TypedMember[] Members, IReadOnlyList<TypedKind> Kinds, byte[] TypeHash);
}
