using Microsoft.CodeAnalysis;

namespace Betar.Orleans.Embedded.Generator;

/// <summary>Types that are written without a codec's help, and types that need no copy.</summary>
internal static class Primitive
{
    private static readonly HashSet<string> ImmutableTypes =
    [
        "System.Guid", "System.DateTime", "System.DateTimeOffset", "System.TimeSpan", "System.DateOnly", "System.TimeOnly",
        "System.Int128", "System.UInt128", "System.Half", "System.Numerics.BigInteger", "System.Uri", "System.Version", "System.Type",
        "System.Net.IPAddress", "System.Threading.CancellationToken", "Orleans.Concurrency.Immutable",
    ];

    /// <summary>The writer's method and the reader's expression, or null.</summary>
    public static (string Write, string Read)? Of(ITypeSymbol type) => type.SpecialType switch
    {
        SpecialType.System_Boolean => ("WriteBoolean", "reader.ReadBoolean(field)"),
        SpecialType.System_Byte => Unsigned("byte"),
        SpecialType.System_UInt16 => Unsigned("ushort"),
        SpecialType.System_UInt32 => Unsigned("uint"),
        SpecialType.System_Char => Unsigned("char"),
        SpecialType.System_UInt64 => ("WriteUInt64", "reader.ReadUInt64(field)"),
        SpecialType.System_SByte => Signed("sbyte"),
        SpecialType.System_Int16 => Signed("short"),
        SpecialType.System_Int32 => ("WriteInt32", "reader.ReadInt32(field)"),
        SpecialType.System_Int64 => ("WriteInt64", "reader.ReadInt64(field)"),
        SpecialType.System_Single => ("WriteSingle", "reader.ReadSingle(field)"),
        SpecialType.System_Double => ("WriteDouble", "reader.ReadDouble(field)"),
        SpecialType.System_String => ("WriteString", "reader.ReadString(field)"),
        _ => type.Is("System.Guid") ? ("WriteGuid", "reader.ReadGuid(field)") : null,
    };

    /// <summary>Whether a copy may be the value itself, as far as can be seen from the declaration.</summary>
    public static bool IsImmutable(ITypeSymbol type)
    {
        if (Of(type) is not null || type.TypeKind == TypeKind.Enum || type.SpecialType == SpecialType.System_Decimal)
            return true;
        if (type is not INamedTypeSymbol named)
            return false;
        if (named.OriginalDefinition.SpecialType == SpecialType.System_Nullable_T)
            return IsImmutable(named.TypeArguments[0]);
        return ImmutableTypes.Contains(named.OriginalDefinition.ToDisplayString(PlainName))
            || (named.Has("Orleans.ImmutableAttribute") && (named.IsSealed || named.IsValueType));
    }

    private static readonly SymbolDisplayFormat PlainName = new(
        typeQualificationStyle: SymbolDisplayTypeQualificationStyle.NameAndContainingTypesAndNamespaces);

    private static (string Write, string Read) Unsigned(string name) =>
        ("WriteUInt64", $"({name})reader.ReadUnsigned(field, {name}.MaxValue)");

    private static (string Write, string Read) Signed(string name) =>
        ("WriteInt64", $"({name})reader.ReadSigned(field, {name}.MinValue, {name}.MaxValue)");
}
