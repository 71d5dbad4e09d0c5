using System.Runtime.InteropServices;

namespace Betar.Libp2p.Transports.Quic;

/// <summary>What the native library under .NET's QUIC tells and can do, and .NET does not.</summary>
internal static class QuicLibrary
{
    private const string Name = "libmsquic.so.2";
    private const uint Interface = 2;

    /// <summary>The places of SetParam and GetParam in the library's table of functions.</summary>
    private const int SetParamIndex = 3;
    private const int GetParamIndex = 4;

    /// <summary>How much memory handshakes may take, in parts of 65,535 of the machine's, before strangers are asked to come again with a token.</summary>
    private const uint RetryMemoryParameter = 0x01000000;

    /// <summary>The library's own default.</summary>
    private const ushort UsualRetryMemory = 65;
    private const uint VersionParameter = 0x01000004;
    private const int VersionParts = 4;

    [UnmanagedFunctionPointer(CallingConvention.Cdecl)]
    private delegate int OpenVersion(uint version, out nint table);

    [UnmanagedFunctionPointer(CallingConvention.Cdecl)]
    private delegate void Close(nint table);

    [UnmanagedFunctionPointer(CallingConvention.Cdecl)]
    private delegate int GetParam(nint handle, uint parameter, ref uint length, [Out] uint[] value);

    [UnmanagedFunctionPointer(CallingConvention.Cdecl)]
    private delegate int SetParam(nint handle, uint parameter, uint length, in ushort value);

    /// <summary>Null: it is not there, or does not say.</summary>
    public static Version? FindVersion() => Use(static table =>
    {
        var getParam = Marshal.GetDelegateForFunctionPointer<GetParam>(Marshal.ReadIntPtr(table, GetParamIndex * nint.Size));
        var version = new uint[VersionParts];
        var length = (uint)(version.Length * sizeof(uint));
        return getParam(0, VersionParameter, ref length, version) == 0 ? new Version((int)version[0], (int)version[1], (int)version[2], (int)version[3]) : null;
    });

    /// <summary>Whether every stranger has to prove his address before his handshake begins; for all listeners of the process.</summary>
    public static void AskForProof(bool always) => Use(table =>
    {
        var setParam = Marshal.GetDelegateForFunctionPointer<SetParam>(Marshal.ReadIntPtr(table, SetParamIndex * nint.Size));
        return setParam(0, RetryMemoryParameter, sizeof(ushort), always ? (ushort)0 : UsualRetryMemory) == 0;
    });

    private static T? Use<T>(Func<nint, T> use)
    {
        // Never freed: .NET keeps it loaded too.
        if (!NativeLibrary.TryLoad(Name, out var library) || Get<OpenVersion>(library, "MsQuicOpenVersion") is not { } open
            || Get<Close>(library, "MsQuicClose") is not { } close || open(Interface, out var table) != 0)
        {
            return default;
        }

        try
        {
            return use(table);
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
