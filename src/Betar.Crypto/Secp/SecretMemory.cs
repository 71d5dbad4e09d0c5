using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace Betar.Crypto.Secp;

/// <summary>
/// Bytes outside the managed heap, so that the collector never leaves copies behind. Wiped when released, which
/// waits for a use in progress on another thread.
/// </summary>
internal sealed unsafe class SecretMemory : SafeHandle
{
    private readonly int _length;
    // Sees the memory after the wipe; freed memory cannot be looked at.
    private readonly Action<ReadOnlySpan<byte>>? _beforeFree;

    internal SecretMemory(int length, Action<ReadOnlySpan<byte>>? beforeFree = null)
        : base(0, ownsHandle: true)
    {
        _length = length;
        _beforeFree = beforeFree;
        SetHandle((nint)NativeMemory.AllocZeroed((nuint)length));
    }

    public override bool IsInvalid => handle == 0;

    /// <summary>Valid between <see cref="SafeHandle.DangerousAddRef"/> and <see cref="SafeHandle.DangerousRelease"/>.</summary>
    internal Span<byte> Bytes => new((void*)handle, _length);

    protected override bool ReleaseHandle()
    {
        CryptographicOperations.ZeroMemory(Bytes);
        _beforeFree?.Invoke(Bytes);
        NativeMemory.Free((void*)handle);
        return true;
    }
}
