using Microsoft.CodeAnalysis;

namespace Betar.Orleans.Embedded.Generator;

/// <summary>Finds the members of a marked type and how to reach them, private ones included.</summary>
internal sealed class MemberFinder(INamedTypeSymbol type, IAssemblySymbol home, CodeText accessors, List<Problem> problems)
{
    private readonly string _self = type.Code();
    private readonly string _byRef = type.IsValueType ? "ref " : "";
    private int _accessors;

    public List<Member> Find()
    {
        var parameters = PrimaryParameters();
        if (!SymbolEqualityComparer.Default.Equals(type.ContainingAssembly, home))
            return Foreign();
        var members = new List<Member>();
        foreach (var symbol in type.GetMembers().Where(static symbol => !symbol.IsStatic && symbol is IFieldSymbol or IPropertySymbol))
        {
            if (symbol is IFieldSymbol { AssociatedSymbol: not null })
                continue;
            if (NumberOf(symbol, parameters) is { } id)
                Add(members, id, symbol);
            else if (IsState(symbol))
                problems.Add(Problem.At(Diagnostics.MissingId, symbol, symbol.DisplayName()));
        }

        members.Sort(static (left, right) => left.Id.CompareTo(right.Id));
        return members;
    }

    // A struct of another assembly is its public fields, in their order.
    private List<Member> Foreign()
    {
        var members = new List<Member>();
        foreach (var field in type.GetMembers().OfType<IFieldSymbol>().Where(static field => !field.IsStatic && field.DeclaredAccessibility == Accessibility.Public))
            Add(members, (uint)members.Count, field);
        return members;
    }

    /// <summary>
    /// A positional record has two rows of numbers: its parameters' positions and the [Id]s of its body. They become even and odd.
    /// </summary>
    private static uint? NumberOf(ISymbol symbol, List<string> parameters)
    {
        var position = parameters.IndexOf(symbol.Name);
        if (symbol.Attribute("Orleans.IdAttribute") is { } attribute)
        {
            var id = attribute.ConstructorArguments.FirstOrDefault().Value as uint? ?? 0;
            return parameters.Count > 0 ? (2 * id) + 1 : id;
        }

        return position >= 0 && symbol is IPropertySymbol ? 2 * (uint)position : null;
    }

    private List<string> PrimaryParameters()
    {
        if (!type.IsRecord)
            return [];
        // The primary constructor is the one whose parameters the compiler turned into properties.
        var constructor = type.InstanceConstructors.FirstOrDefault(static candidate =>
            candidate.Parameters.Length > 0
            && candidate.DeclaringSyntaxReferences.Any(static reference =>
                reference.GetSyntax() is Microsoft.CodeAnalysis.CSharp.Syntax.RecordDeclarationSyntax));
        return constructor is null ? [] : [.. constructor.Parameters.Select(static parameter => parameter.Name)];
    }

    private void Add(List<Member> members, uint id, ISymbol symbol)
    {
        var memberType = symbol is IFieldSymbol field ? field.Type : ((IPropertySymbol)symbol).Type;
        if (members.Any(other => other.Id == id))
            problems.Add(Problem.At(Diagnostics.DuplicateId, symbol, symbol.DisplayName()));
        if (!memberType.IsReachable(home))
        {
            problems.Add(Problem.At(Diagnostics.Inaccessible, symbol, memberType.DisplayName()));
            return;
        }

        var access = symbol is IFieldSymbol plain ? FieldAccess(plain) : PropertyAccess((IPropertySymbol)symbol);
        if (access is not var (get, set))
        {
            problems.Add(Problem.At(Diagnostics.NoSetter, symbol, symbol.DisplayName()));
            return;
        }

        var immutable = symbol.Has("Orleans.ImmutableAttribute") || Primitive.IsImmutable(memberType);
        members.Add(new Member(id, memberType, symbol.DisplayName(), get, set, immutable));
    }

    private (Func<string, string> Get, Func<string, string, string> Set)? FieldAccess(IFieldSymbol field)
    {
        if (!SymbolExtensions.IsMemberReachable(field, home) || field.IsReadOnly)
            return ByReference(field.Name, field.Type);
        return Direct(field.Name);
    }

    private (Func<string, string> Get, Func<string, string, string> Set)? PropertyAccess(IPropertySymbol property)
    {
        var isAutomatic = type.GetMembers().OfType<IFieldSymbol>()
            .Any(field => SymbolEqualityComparer.Default.Equals(field.AssociatedSymbol, property));
        var getter = property.GetMethod is { } get && SymbolExtensions.IsMemberReachable(get, home);
        var setter = property.SetMethod is { IsInitOnly: false } set && SymbolExtensions.IsMemberReachable(set, home);
        if (getter && setter && property.ExplicitInterfaceImplementations.IsEmpty)
            return Direct(property.Name);
        if (isAutomatic)
            return ByReference($"<{property.Name}>k__BackingField", property.Type);
        if (property.GetMethod is null || property.SetMethod is null)
            return null;
        var name = $"Access{_accessors++}";
        accessors
            .Line($"[global::System.Runtime.CompilerServices.UnsafeAccessor(global::System.Runtime.CompilerServices.UnsafeAccessorKind.Method, Name = \"{property.GetMethod.Name}\")]")
            .Line($"private static extern {property.Type.Code()} Get{name}({_byRef}{_self} instance);")
            .Line($"[global::System.Runtime.CompilerServices.UnsafeAccessor(global::System.Runtime.CompilerServices.UnsafeAccessorKind.Method, Name = \"{property.SetMethod.Name}\")]")
            .Line($"private static extern void Set{name}({_byRef}{_self} instance, {property.Type.Code()} value);");
        return (it => $"Get{name}({_byRef}{it})", (it, value) => $"Set{name}({_byRef}{it}, {value});");
    }

    private (Func<string, string> Get, Func<string, string, string> Set) ByReference(string field, ITypeSymbol fieldType)
    {
        var name = $"Access{_accessors++}";
        accessors
            .Line($"[global::System.Runtime.CompilerServices.UnsafeAccessor(global::System.Runtime.CompilerServices.UnsafeAccessorKind.Field, Name = \"{field}\")]")
            .Line($"private static extern ref {fieldType.Code()} {name}({_byRef}{_self} instance);");
        return (it => $"{name}({_byRef}{it})", (it, value) => $"{name}({_byRef}{it}) = {value};");
    }

    private static (Func<string, string> Get, Func<string, string, string> Set) Direct(string name) =>
        (it => $"{it}.@{name}", (it, value) => $"{it}.@{name} = {value};");

    // State that nobody marked: fields that can be set, and automatic properties, unless somebody said that they stay behind.
    private bool IsState(ISymbol symbol) => symbol switch
    {
        IFieldSymbol field => !field.IsImplicitlyDeclared && !field.Has("System.NonSerializedAttribute"),
        IPropertySymbol property => type.GetMembers().OfType<IFieldSymbol>().Any(field =>
            SymbolEqualityComparer.Default.Equals(field.AssociatedSymbol, property) && !field.Has("System.NonSerializedAttribute")),
        _ => false,
    };
}
