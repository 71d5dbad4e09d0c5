using System.Net.Quic;
using System.Runtime.Versioning;

namespace Betar.Libp2p.Transports.Quic;

/// <summary>Whether QUIC can be done on this machine: .NET needs a native library for it, which it does not bring on Linux.</summary>
public static class QuicSupport
{
    public const string HowToInstall = "install the package libmsquic, version 2.5.10 or newer, from Microsoft's Linux packages";

    /// <summary>Older ones end the process when a peer goes away while its certificate is looked at.</summary>
    internal static readonly Version Oldest = new(2, 5, 10);

    /// <summary>The version of the native library; null: it is not there.</summary>
    public static Version? Library { get; } = OperatingSystem.IsLinux() ? QuicLibrary.FindVersion() : null;

    /// <summary>Why it is not supported, in a few words; null: it is.</summary>
    public static string? Missing { get; } = FindMissing(OperatingSystem.IsLinux(), Library, IsKnownToFramework());

    [SupportedOSPlatformGuard("linux")]
    public static bool IsSupported => Missing is null;

    internal static string? FindMissing(bool isLinux, Version? library, bool isKnownToFramework) =>
        !isLinux ? "it is for Linux only"
        : library is null ? "the native library libmsquic is missing"
        : library < Oldest ? $"libmsquic {library.ToString(3)} lets a peer end the process"
        : !isKnownToFramework ? $"libmsquic {library.ToString(3)} does not suit this .NET"
        : null;

    private static bool IsKnownToFramework() => OperatingSystem.IsLinux() && QuicListener.IsSupported && QuicConnection.IsSupported;
}
