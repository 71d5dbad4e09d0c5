using System.Security.Cryptography;
using System.Text.Json;
using Betar.Node.Tests.Support;

namespace Betar.Node.Tests.Importing;

/// <summary>A data folder as the original leaves it; its LevelDB files were written by the library that the original uses.</summary>
internal sealed class OriginalFolder : IDisposable
{
    public const string PeerId = "12D3KooWA4Xop1JaT3MHxwYMkCepYsv4iPVopMXwCz5iHYdBfeSB";
    public const string Address = "0x2c7536E3605D9C16a7a3D7b1898e529396a65c23";
    public const string Did = "did:key:z6Mkn9pM6KKYq36caNdECnb2viGjjru7vU5F8sts9bNcmYQV";

    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    private readonly TempFolder _temp = new();

    public OriginalFolder()
    {
        byte[] seed = [.. Enumerable.Range(0, 32).Select(number => (byte)number)];
        byte[] key = [8, 1, 0x12, 0x40, .. seed, .. Convert.FromHexString("03a107bff3ce10be1d70dd18e74bc09967e4d6309ba50d5f1ddc8664125531b8")];
        File.WriteAllBytes(Path("p2p_identity.key"), key);
        Write("wallet.key", "4c0883a69102937d6231471b5dbb6204fe5129617082792ae468d01a3f362318\n");
        File.SetUnixFileMode(Path("p2p_identity.key"), OwnerOnly);
        Write("config.yaml", "rpc_url: https://sepolia.base.org\np2p_port: 4001\nbootstrap_peers: []\n");
        Write("agents.yaml", "agents:\n    - name: math-agent\n      description: Performs math tasks\n      price: 0.001\n      provider: openai\n      openai_api_key: sk-hush\n      on_chain: true\n");
        Write("eip8004_tokens.json", "{\n  \"math-agent\": \"17\"\n}");
        using JsonDocument files = JsonDocument.Parse(File.ReadAllText(System.IO.Path.Combine(AppContext.BaseDirectory, "Importing", "leveldb.json")));
        foreach (JsonProperty file in files.RootElement.EnumerateObject())
        {
            Directory.CreateDirectory(System.IO.Path.GetDirectoryName(Path(file.Name))!);
            File.WriteAllBytes(Path(file.Name), file.Value.GetBytesFromBase64());
        }
    }

    public string Root => _temp.Path;

    public string Path(string name) => System.IO.Path.Combine(_temp.Path, name);

    public void Write(string name, string content)
    {
        File.WriteAllText(Path(name), content);
        File.SetUnixFileMode(Path(name), OwnerOnly);
    }

    /// <summary>Names, bytes and modes of everything in it.</summary>
    public string Hash() => string.Join('\n', Directory.EnumerateFileSystemEntries(Root, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal)
        .Select(path => $"{path} {File.GetUnixFileMode(path)} {File.GetLastWriteTimeUtc(path):O} {(Directory.Exists(path) ? "" : Convert.ToHexString(SHA256.HashData(File.ReadAllBytes(path))))}"));

    public void Dispose() => _temp.Dispose();
}
