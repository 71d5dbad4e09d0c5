using System.Reflection;
using Orleans.Serialization.Configuration;

namespace Betar.Orleans.Embedded.Serialization;

/// <summary>Base of the manifests that the engine's generator writes, with what their code calls.</summary>
public abstract class GeneratedManifest : TypeManifestProviderBase
{
    /// <summary>Finds a method of a grain interface; for a generic one only its name and type arguments are known.</summary>
    public static MethodInfo FindMethod(Type owner, string name, Type[]? parameters, params Type[] typeArguments)
    {
        const BindingFlags Declared = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance;
        return parameters is not null
            ? owner.GetMethod(name, Declared, parameters)!
            : owner.GetMethods(Declared).First(method =>
                method.Name == name && method.GetGenericArguments().Length == typeArguments.Length).MakeGenericMethod(typeArguments);
    }

    /// <summary>Has the start-up check that the type has a codec.</summary>
    protected static void Require(TypeManifestOptions options, Type type, string where) => options.Required.TryAdd(type, where);
}
