using System.Globalization;
using System.Text;
using Microsoft.CodeAnalysis;

namespace Betar.Orleans.Embedded.Generator;

/// <summary>Questions about symbols, and their names in generated code.</summary>
internal static class SymbolExtensions
{
    public static string Code(this ITypeSymbol type) =>
        type.TypeKind == TypeKind.Dynamic ? "object" : type.ToDisplayString(SymbolDisplayFormat.FullyQualifiedFormat);

    /// <summary>The type as the operand of typeof: generic types are left open.</summary>
    public static string OpenCode(this INamedTypeSymbol type) =>
        type.AllTypeParameters().Any() ? type.ConstructUnbound().Code() : type.Code();

    public static string DisplayName(this ISymbol symbol) => symbol.ToDisplayString(SymbolDisplayFormat.CSharpErrorMessageFormat);

    public static bool Is(this ITypeSymbol? type, string fullName) =>
        type is not null && type.OriginalDefinition.ToDisplayString(Plain) == fullName;

    public static bool Implements(this ITypeSymbol type, string fullName) =>
        type.AllInterfaces.Any(candidate => candidate.Is(fullName));

    public static AttributeData? Attribute(this ISymbol symbol, string fullName) =>
        symbol.GetAttributes().FirstOrDefault(attribute => attribute.AttributeClass.Is(fullName));

    public static bool Has(this ISymbol symbol, string attribute) => symbol.Attribute(attribute) is not null;

    /// <summary>The parameters of the type and of everything around it, outermost first.</summary>
    public static IEnumerable<ITypeParameterSymbol> AllTypeParameters(this INamedTypeSymbol type) =>
        type.ContainingType is { } outer ? outer.AllTypeParameters().Concat(type.TypeParameters) : type.TypeParameters;

    public static bool IsReachable(this ITypeSymbol type, IAssemblySymbol from) => type switch
    {
        IArrayTypeSymbol array => array.ElementType.IsReachable(from),
        ITypeParameterSymbol or IDynamicTypeSymbol => true,
        INamedTypeSymbol named => IsMemberReachable(named, from)
            && (named.ContainingType is not { } outer || outer.IsReachable(from))
            && named.TypeArguments.All(argument => argument.IsReachable(from)),
        _ => false,
    };

    public static bool IsMemberReachable(ISymbol member, IAssemblySymbol from) => member.DeclaredAccessibility switch
    {
        Accessibility.Public or Accessibility.NotApplicable => true,
        Accessibility.Internal or Accessibility.ProtectedOrInternal =>
            SymbolEqualityComparer.Default.Equals(member.ContainingAssembly, from)
            || member.ContainingAssembly.GivesAccessTo(from),
        _ => false,
    };

    public static bool MentionsTypeParameter(this ITypeSymbol type) => type switch
    {
        ITypeParameterSymbol => true,
        IArrayTypeSymbol array => array.ElementType.MentionsTypeParameter(),
        INamedTypeSymbol named => named.TypeArguments.Any(MentionsTypeParameter)
            || (named.ContainingType?.MentionsTypeParameter() ?? false),
        _ => false,
    };

    /// <summary>A name that is unique in the assembly, since it ends with a hash of what it stands for.</summary>
    public static string UniqueName(string prefix, string name, string identity)
    {
        var clean = new StringBuilder(prefix);
        foreach (var c in name)
            clean.Append(char.IsLetterOrDigit(c) ? c : '_');
        return clean.Append('_').Append(Hash(identity).ToString("X16", CultureInfo.InvariantCulture)).ToString();
    }

    public static string GeneratedNamespace(this IAssemblySymbol assembly) =>
        "OrleansCodeGen." + new string([.. assembly.Name.Select(static c => char.IsLetterOrDigit(c) ? c : '_')]);

    /// <summary>"&lt;T, U&gt; " and the constraints that go with it.</summary>
    public static (string List, string Constraints) Generics(IReadOnlyCollection<ITypeParameterSymbol> parameters)
    {
        if (parameters.Count == 0)
            return ("", "");
        var constraints = new StringBuilder();
        foreach (var parameter in parameters)
        {
            var parts = new List<string>();
            if (parameter.HasUnmanagedTypeConstraint)
                parts.Add("unmanaged");
            else if (parameter.HasValueTypeConstraint)
                parts.Add("struct");
            else if (parameter.HasReferenceTypeConstraint)
                parts.Add("class");
            else if (parameter.HasNotNullConstraint)
                parts.Add("notnull");
            parts.AddRange(parameter.ConstraintTypes.Select(Code));
            if (parameter.HasConstructorConstraint && !parameter.HasValueTypeConstraint && !parameter.HasUnmanagedTypeConstraint)
                parts.Add("new()");
            if (parts.Count > 0)
                constraints.Append(" where ").Append(parameter.Name).Append(" : ").Append(string.Join(", ", parts));
        }

        return ($"<{string.Join(", ", parameters.Select(static parameter => parameter.Name))}>", constraints.ToString());
    }

    public static ulong Hash(string text)
    {
        var hash = 14695981039346656037UL;
        foreach (var c in text)
            hash = unchecked((hash ^ c) * 1099511628211UL);
        return hash;
    }

    private static readonly SymbolDisplayFormat Plain = new(
        typeQualificationStyle: SymbolDisplayTypeQualificationStyle.NameAndContainingTypesAndNamespaces);

    private static INamedTypeSymbol ConstructUnbound(this INamedTypeSymbol type) =>
        type.IsGenericType ? type.ConstructUnboundGenericType() : type;
}
