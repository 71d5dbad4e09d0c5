using System.Diagnostics.CodeAnalysis;

namespace Betar.Ethereum;

/// <summary>A type of the contract ABI.</summary>
public sealed class AbiType
{
    /// <summary>A type that nests deeper, or whose head has more words, is not believed to be one.</summary>
    public const int MaxDepth = 8;
    public const int MaxHeadWords = 4096;

    AbiType(AbiKind kind, int size, AbiType? element, IReadOnlyList<AbiType> components, string name, bool isDynamic, int headWords, int depth) =>
        (Kind, Size, Element, Components, Name, IsDynamic, HeadWords, Depth) =
        (kind, size, element, components, name, isDynamic, headWords, depth);

    public AbiKind Kind { get; }

    /// <summary>Bits of an integer, bytes of a <c>bytesN</c>, elements of a list of fixed length; otherwise 0.</summary>
    public int Size { get; }

    /// <summary>Of a list.</summary>
    public AbiType? Element { get; }

    /// <summary>Of a tuple.</summary>
    public IReadOnlyList<AbiType> Components { get; }

    /// <summary>As it stands in a signature.</summary>
    public string Name { get; }

    public bool IsDynamic { get; }

    internal int HeadWords { get; }

    internal int Depth { get; }

    public static bool TryParse(string text, [NotNullWhen(true)] out AbiType? type)
    {
        ArgumentNullException.ThrowIfNull(text);
        return AbiTypeParser.TryParse(text, out type);
    }

    /// <summary>For literals.</summary>
    public static AbiType Parse(string text) =>
        TryParse(text, out var type) ? type : throw new FormatException($"{text} is no type of the contract ABI.");

    public override string ToString() => Name;

    internal static AbiType Word(AbiKind kind, int size, string name) => new(kind, size, null, [], name, false, 1, 0);

    internal static AbiType Dynamic(AbiKind kind, string name) => new(kind, 0, null, [], name, true, 1, 0);

    internal static AbiType List(AbiType element) =>
        new(AbiKind.List, 0, element, [], element.Name + "[]", true, 1, element.Depth + 1);

    internal static AbiType? FixedList(AbiType element, int length)
    {
        var words = (long)length * element.HeadWords;
        return words > MaxHeadWords
            ? null
            : new(AbiKind.FixedList, length, element, [], $"{element.Name}[{length}]", element.IsDynamic, element.IsDynamic ? 1 : (int)words, element.Depth + 1);
    }

    internal static AbiType? Tuple(IReadOnlyList<AbiType> components)
    {
        var words = components.Sum(component => (long)component.HeadWords);
        var dynamic = components.Any(component => component.IsDynamic);
        return words > MaxHeadWords
            ? null
            : new(
                AbiKind.Tuple,
                0,
                null,
                components,
                $"({string.Join(',', components)})",
                dynamic,
                dynamic ? 1 : (int)words,
                1 + components.Select(component => component.Depth).DefaultIfEmpty(0).Max());
    }
}
