using Microsoft.CodeAnalysis;

namespace Betar.Orleans.Embedded.Generator;

/// <summary>Turns a grain interface into a reference class, and each of its methods into a request.</summary>
internal static class InterfaceEmitter
{
    public static IEnumerable<GeneratedUnit> Emit(INamedTypeSymbol type, ITypeSymbol int32)
    {
        var assembly = type.ContainingAssembly;
        if (!type.IsReachable(assembly))
        {
            yield return GeneratedUnit.Of(Problem.At(Diagnostics.Inaccessible, type, type.DisplayName()));
            yield break;
        }

        var proxy = new CodeText();
        var parameters = type.AllTypeParameters().ToList();
        var (list, constraints) = SymbolExtensions.Generics(parameters);
        var name = SymbolExtensions.UniqueName("Proxy_", type.Name, type.DisplayName());
        var requests = new List<GeneratedUnit>();
        proxy.Block($"internal sealed class {name}{list} : global::Orleans.Runtime.GrainReference, {type.Code()}{constraints}", () =>
        {
            proxy.Line($"public {name}(global::Orleans.Runtime.GrainReferenceShared shared, global::Orleans.Runtime.IdSpan key) : base(shared, key)")
                .Line("{").Line("}");
            foreach (var member in type.AllInterfaces.Insert(0, type).SelectMany(static one => one.GetMembers()))
            {
                if (Refuse(member) is { } problem)
                    requests.Add(GeneratedUnit.Of(problem));
                else if (member is IMethodSymbol { MethodKind: MethodKind.Ordinary, IsStatic: false } method)
                    requests.Add(new RequestEmitter(type, method, int32).Emit(proxy));
            }
        });

        var open = parameters.Count == 0 ? name : $"{name}<{new string(',', parameters.Count - 1)}>";
        var manifest = $"options.Interfaces.Add(typeof({type.OpenCode()}));\noptions.InterfaceProxies.Add(typeof({open}));\n"
            + CodecEmitter.Alias(type);
        yield return new(name, assembly.GeneratedNamespace(), proxy.ToString(), manifest);
        foreach (var request in requests)
            yield return request;
    }

    private static Problem? Refuse(ISymbol member)
    {
        if (member.IsStatic || member is IMethodSymbol { AssociatedSymbol: not null })
            return null;
        if (member is IPropertySymbol or IEventSymbol)
            return Problem.At(Diagnostics.Property, member, member.DisplayName());
        if (member is not IMethodSymbol method)
            return null;
        if (RequestEmitter.RequestBase(method.ReturnType) is null)
            return Problem.At(Diagnostics.ReturnType, member, member.DisplayName());
        return method.Parameters.Any(static parameter => parameter.RefKind != RefKind.None)
            || method.Parameters.Count(static parameter => parameter.Type.Is("System.Threading.CancellationToken")) > 1
            ? Problem.At(Diagnostics.Parameter, member, member.DisplayName())
            : null;
    }
}
