using Betar.Node.Cli;
using Betar.Node.Errors;

namespace Betar.Node.Folder;

/// <summary>Where everything that a node keeps lies. Knows names, opens nothing.</summary>
public sealed record DataFolder
{
    /// <summary>The address of a Unix socket has room for 108 bytes, the last of which is zero.</summary>
    private const int LongestSocketPath = 107;

    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    /// <summary>The original's variable for the identity key's file.</summary>
    public const string IdentityKeyVariable = "BETAR_P2P_KEY_PATH";

    public DataFolder(string path)
    {
        Root = Path.GetFullPath(path);
        IdentityKey = Path.Combine(Root, "p2p_identity.key");
    }

    public string Root { get; }

    /// <summary>What the marketplace gossips, apart from the ledger.</summary>
    public string Market => Path.Combine(Root, "market.db");

    public string Database => Path.Combine(Root, "betar.db");

    /// <summary>In the folder, or wherever the variable says.</summary>
    public string IdentityKey { get; init; }

    /// <summary>The original's file of its one wallet.</summary>
    public string PlainWallet => Path.Combine(Root, "wallet.key");

    public string Keystore => Path.Combine(Root, "keystore");

    public string Agents => Path.Combine(Root, "agents.yaml");

    public string Config => Path.Combine(Root, "config.yaml");

    /// <summary>Who may ask over HTTP, by the hashes of their tokens.</summary>
    public string Tokens => Path.Combine(Root, "api-tokens.json");

    public string Socket => Path.Combine(Root, "betar.sock");

    public string Lock => Path.Combine(Root, "node.lock");

    /// <summary>The holder's process id; a file of its own, because a locked file cannot be opened for reading.</summary>
    public string LockHolder => Path.Combine(Root, "node.pid");

    public string DevnetDatabase => Path.Combine(Root, "devnet.db");

    /// <summary>What a facilitator shows of what it settled for.</summary>
    public string Catalog => Path.Combine(Root, "catalog.jsonl");

    /// <summary>Address and process id of the devnet that serves this folder.</summary>
    public string DevnetInfo => Path.Combine(Root, "devnet.json");

    /// <summary>The same about the anvil of this folder.</summary>
    public string AnvilInfo => Path.Combine(Root, "anvil.json");

    /// <summary>The option, else BETAR_DATA_DIR, else ~/.betar.</summary>
    public static DataFolder Resolve(string? option, EnvironmentVariables environment)
    {
        var folder = new DataFolder(FindRoot(option, environment));
        return environment(IdentityKeyVariable) is { Length: > 0 } key ? folder with { IdentityKey = Path.GetFullPath(key) } : folder;
    }

    private static string FindRoot(string? option, EnvironmentVariables environment)
    {
        if (!string.IsNullOrWhiteSpace(option))
            return option;
        if (environment("BETAR_DATA_DIR") is { Length: > 0 } variable)
            return variable;
        var home = environment("HOME") is { Length: > 0 } value ? value : Environment.GetFolderPath(Environment.SpecialFolder.UserProfile);
        return Path.Combine(home, ".betar");
    }

    /// <summary>Creates the folder for its owner alone and proves that it can be written.</summary>
    public Checked<DataFolder> Prepare()
    {
        var probe = Path.Combine(Root, $".probe-{Environment.ProcessId}-{Guid.NewGuid():N}");
        try
        {
            Directory.CreateDirectory(Root, OwnerOnly);
            using (var file = new FileStream(probe, FileMode.CreateNew, FileAccess.Write))
            {
                file.Write("probe"u8);
                file.Flush(flushToDisk: true);
            }

            File.Delete(probe);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            if (exception is IOException full && ExceptionTranslator.IsDiskFull(full))
            {
                File.Delete(probe);
                return ErrorCatalog.DiskFull.Refuse($"There is no space left for {Root}") with { Cause = exception };
            }

            return ErrorCatalog.FolderNotWritable.Refuse($"The data folder {Root} cannot be written ({exception.Message})") with { Cause = exception };
        }

        return this;
    }

    /// <summary>The control socket's path when the system can use it.</summary>
    public Checked<string> SocketPath()
    {
        var length = System.Text.Encoding.UTF8.GetByteCount(Socket);
        return length <= LongestSocketPath
            ? Socket
            : ErrorCatalog.PathTooLong.Refuse($"The path {Socket} has {length} bytes and a socket's may have {LongestSocketPath}");
    }
}
