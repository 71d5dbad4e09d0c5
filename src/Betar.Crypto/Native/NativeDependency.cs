namespace Betar.Crypto.Native;

/// <summary>A shared library that this project calls, and what a person does when it is absent.</summary>
public sealed record NativeDependency(string Name, IReadOnlyList<string> FileNames, string Purpose, string HowToInstall, bool Required)
{
    public static NativeDependency LibCrypto { get; } = new(
        "libcrypto",
        ["libcrypto.so.3", "libcrypto.3.dylib"],
        "X25519, Ed25519, and secp256k1 when libsecp256k1 is absent",
        "install OpenSSL 3 (Debian and Ubuntu: apt-get install libssl3)",
        Required: true);

    /// <summary>Debian numbers the file by ABI: .so.1 in bookworm, .so.2 in trixie, .so.0 before.</summary>
    public static NativeDependency LibSecp256k1 { get; } = new(
        "libsecp256k1",
        ["libsecp256k1.so.1", "libsecp256k1.so.2", "libsecp256k1.so.0", "libsecp256k1.so.5", "libsecp256k1.so.6", "libsecp256k1.dylib"],
        "fast secp256k1 signatures",
        "install libsecp256k1 with its recovery module (Debian 12: apt-get install libsecp256k1-1)",
        Required: false);

    public static IReadOnlyList<NativeDependency> All { get; } = [LibCrypto, LibSecp256k1];

    /// <summary>The file name under which the library was found, or null.</summary>
    public string? FindInstalled() => NativeLoader.TryLoad(this, out _, out var fileName) ? fileName : null;
}
