using System.Runtime.InteropServices;

namespace Betar.Libp2p.Transports.Quic;

/// <summary>Asks the native library that .NET's QUIC uses for its version, which .NET does not tell.</summary>
internal static class QuicLibrary
{
    private const string Name = "libmsquic.so.2";
    private const uint Interface = 2;

    /// <summary>The place of GetParam in the library's table of functions.</summary>
    private const int GetParamIndex = 4;
    private const uint VersionParameter = 0x01000004;
    private const int VersionParts = 4;

    [UnmanagedFunctionPointer(CallingConvention.Cdecl)]
    private delegate int OpenVersion(uint version, out nint table);

    [UnmanagedFunctionPointer(CallingConvention.Cdecl)]
    private delegate void Close(nint table);

    [UnmanagedFunctionPointer(CallingConvention.Cdecl)]
    private delegate int GetParam(nint handle, uint parameter, ref uint length, [Out] uint[] value);

    /// <summary>Null: it is not there, or does not say.</summary>
    public static Version? FindVersion()
    {
        // Never freed: .NET keeps it loaded too.
        if (!NativeLibrary.TryLoad(Name, out var library) || Get<OpenVersion>(library, "MsQuicOpenVersion") is not { } open
            || Get<Close>(library, "MsQuicClose") is not { } close || open(Interface, out var table) != 0)
        {
            return null;
        }

        try
        {
            var getParam = Marshal.GetDelegateForFunctionPointer<GetParam>(Marshal.ReadIntPtr(table, GetParamIndex * nint.Size));
            var version = new uint[VersionParts];
            var length = (uint)(version.Length * sizeof(uint));
            return getParam(0, VersionParameter, ref length, version) == 0 ? new Version((int)version[0], (int)version[1], (int)version[2], (int)version[3]) : null;
        }
        finally
        {
            close(table);
        }
    }

    private static T? Get<T>(nint library, string function)
        where T : Delegate =>
        NativeLibrary.TryGetExport(library, function, out var address) ? Marshal.GetDelegateForFunctionPointer<T>(address) : null;
}
