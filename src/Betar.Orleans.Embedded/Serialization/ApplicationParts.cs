using System.Reflection;
using Orleans.Serialization.Configuration;

namespace Orleans.Serialization;

/// <summary>Finds the assemblies that hold generated code.</summary>
internal static class ApplicationParts
{
    /// <summary>Every loaded assembly with a manifest, and what those name as further parts.</summary>
    public static IReadOnlyCollection<Assembly> Loaded()
    {
        var parts = new HashSet<Assembly>();
        var pending = new Queue<Assembly>(AppDomain.CurrentDomain.GetAssemblies());
        while (pending.TryDequeue(out var assembly))
        {
            if (assembly.IsDynamic || !assembly.IsDefined(typeof(TypeManifestProviderAttribute)) || !parts.Add(assembly))
                continue;
            foreach (var part in assembly.GetCustomAttributes<ApplicationPartAttribute>())
                pending.Enqueue(Assembly.Load(part.AssemblyName));
        }

        return parts;
    }
}
