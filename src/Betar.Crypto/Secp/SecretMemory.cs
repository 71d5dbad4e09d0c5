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

    internal SecretMemory(int length)
        : base(0, ownsHandle: true)
    {
        _length = length;
        SetHandle((nint)NativeMemory.AllocZeroed((nuint)length));
    }

    public override bool IsInvalid => handle == 0;

    /// <summary>Valid between <see cref="SafeHandle.DangerousAddRef"/> and <see cref="SafeHandle.DangerousRelease"/>.</summary>
    internal Span<byte> Bytes => new((void*)handle, _length);

    protected override bool ReleaseHandle()
    {
        CryptographicOperations.ZeroMemory(Bytes);
        NativeMemory.Free((void*)handle);
        return true;
    }
}
