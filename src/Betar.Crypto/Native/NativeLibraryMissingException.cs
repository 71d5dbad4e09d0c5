using Betar.Crypto.Native;

namespace Betar.Crypto;

/// <summary>A native library that is needed now is not installed, too old to have what is called, or gives wrong results.</summary>
public sealed class NativeLibraryMissingException : Exception
{
    public NativeLibraryMissingException(NativeDependency dependency)
        : base($"The native library {dependency.Name} ({dependency.FileNames[0]}) is missing or unusable; it is needed for {dependency.Purpose}: {dependency.HowToInstall}.")
    {
        Dependency = dependency;
    }

    /// <param name="fault">What is wrong with the library that is there.</param>
    public NativeLibraryMissingException(NativeDependency dependency, string fault)
        : base($"The native library {dependency.Name} ({dependency.FileNames[0]}) must not be used: {fault}; it is needed for {dependency.Purpose}: {dependency.HowToInstall}.")
    {
        Dependency = dependency;
    }

    public NativeDependency Dependency { get; }
}
