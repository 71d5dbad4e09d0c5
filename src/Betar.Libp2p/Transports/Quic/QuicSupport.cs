using System.Net.Quic;
using System.Runtime.InteropServices;
using System.Runtime.Versioning;

namespace Betar.Libp2p.Transports.Quic;

/// <summary>Whether .NET can do QUIC on this machine. It needs a native library that it does not bring on Linux.</summary>
public static class QuicSupport
{
    private const string Library = "libmsquic.so.2";

    public const string HowToInstall = "install the package libmsquic, version 2, from Microsoft's Linux packages";

    [SupportedOSPlatformGuard("linux")]
    [SupportedOSPlatformGuard("macos")]
    [SupportedOSPlatformGuard("windows")]
    public static bool IsSupported { get; } = IsQuicPlatform && QuicListener.IsSupported && QuicConnection.IsSupported;

    /// <summary>Why it is not supported, in a few words; null: it is.</summary>
    public static string? Missing { get; } = IsSupported ? null : FindMissing();

    [SupportedOSPlatformGuard("linux")]
    [SupportedOSPlatformGuard("macos")]
    [SupportedOSPlatformGuard("windows")]
    private static bool IsQuicPlatform => OperatingSystem.IsLinux() || OperatingSystem.IsMacOS() || OperatingSystem.IsWindows();

    private static string FindMissing()
    {
        if (!OperatingSystem.IsLinux())
            return ".NET has no QUIC on this system";
        if (!NativeLibrary.TryLoad(Library, out var handle))
            return "the native library libmsquic is missing";
        NativeLibrary.Free(handle);
        return "the native library libmsquic does not suit this .NET";
    }
}
