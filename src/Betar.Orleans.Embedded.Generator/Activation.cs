using Microsoft.CodeAnalysis;

namespace Betar.Orleans.Embedded.Generator;

/// <summary>How the codec of a class makes the object that it is about to fill.</summary>
internal static class Activation
{
    public static void Write(CodeText code, INamedTypeSymbol type)
    {
        var self = type.Code();
        const string Head = "protected override {0} Create(global::System.IServiceProvider services) => ";
        var head = Head.Replace("{0}", self);
        var marked = type.InstanceConstructors.FirstOrDefault(static candidate =>
            candidate.Has("Orleans.GeneratedActivatorConstructorAttribute") || candidate.Has("Orleans.OrleansConstructorAttribute"));
        var plain = type.InstanceConstructors.FirstOrDefault(static candidate => candidate.Parameters.IsEmpty);
        if (type.IsAbstract)
        {
            code.Line($"{head}throw new global::Orleans.Serialization.SerializerException(\"An abstract type cannot be made: \" + typeof({self}));");
        }
        else if (marked is not null)
        {
            var arguments = marked.Parameters.Select(static parameter => $"Service<{parameter.Type.Code()}>(services)");
            code.Line($"{head}new {self}({string.Join(", ", arguments)});");
        }
        else if (plain is null)
        {
            code.Line($"{head}({self})global::System.Runtime.CompilerServices.RuntimeHelpers.GetUninitializedObject(typeof({self}));");
        }
        else if (SymbolExtensions.IsMemberReachable(plain, type.ContainingAssembly) && !HasRequiredMembers(type))
        {
            code.Line($"{head}new {self}();");
        }
        else
        {
            code.Line($"{head}New();")
                .Line("[global::System.Runtime.CompilerServices.UnsafeAccessor(global::System.Runtime.CompilerServices.UnsafeAccessorKind.Constructor)]")
                .Line($"private static extern {self} New();");
        }
    }

    private static bool HasRequiredMembers(INamedTypeSymbol type)
    {
        for (var ancestor = type; ancestor is not null; ancestor = ancestor.BaseType)
        {
            if (ancestor.GetMembers().Any(static member => member is IPropertySymbol { IsRequired: true } or IFieldSymbol { IsRequired: true }))
                return true;
        }

        return false;
    }
}
