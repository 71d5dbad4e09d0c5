using Betar.Crypto.Native;

namespace Betar.Crypto;

/// <summary>A native library that is needed now is not installed, or too old to have what is called.</summary>
public sealed class NativeLibraryMissingException : Exception
{
    public NativeLibraryMissingException(NativeDependency dependency)
        : base($"The native library {dependency.Name} ({dependency.FileNames[0]}) is missing or unusable; it is needed for {dependency.Purpose}: {dependency.HowToInstall}.")
    {
        Dependency = dependency;
    }

    public NativeDependency Dependency { get; }
}
