using System.Collections.Concurrent;
using System.Reflection;
using System.Runtime.InteropServices;

namespace Betar.Crypto.Native;

/// <summary>The one place that turns a library's name into a loaded library.</summary>
internal static class NativeLoader
{
    private static readonly ConcurrentDictionary<NativeDependency, (nint Handle, string? FileName)> Loaded = new();
    private static int _registered;

    /// <summary>Called from the static constructors of the import classes, before their first import is bound.</summary>
    internal static void Register()
    {
        if (Interlocked.Exchange(ref _registered, 1) == 0)
        {
            NativeLibrary.SetDllImportResolver(typeof(NativeLoader).Assembly, Resolve);
        }
    }

    internal static nint Load(NativeDependency dependency) =>
        TryLoad(dependency, out var handle, out _) ? handle : throw new NativeLibraryMissingException(dependency);

    internal static bool TryLoad(NativeDependency dependency, out nint handle, out string? fileName)
    {
        (handle, fileName) = Loaded.GetOrAdd(dependency, static wanted => Open(wanted));
        return handle != 0;
    }

    private static (nint Handle, string? FileName) Open(NativeDependency dependency)
    {
        foreach (var fileName in dependency.FileNames)
        {
            if (NativeLibrary.TryLoad(fileName, out var handle))
            {
                return (handle, fileName);
            }
        }

        return (0, null);
    }

    private static nint Resolve(string name, Assembly assembly, DllImportSearchPath? searchPath)
    {
        foreach (var dependency in NativeDependency.All)
        {
            if (dependency.Name == name)
            {
                return Load(dependency);
            }
        }

        return 0;
    }
}
