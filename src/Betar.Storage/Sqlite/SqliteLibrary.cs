using System.Reflection;
using System.Runtime.InteropServices;
using SQLitePCL;

namespace Betar.Storage.Sqlite;

/// <summary>
/// Chooses the native library once per process: the system's SQLite when there is one, because it gets security fixes;
/// otherwise the (older) one that comes with the package.
/// </summary>
internal static class SqliteLibrary
{
    private const string Imported = "e_sqlite3";
    private static readonly string[] SystemNames =
        ["libsqlite3.so.0", "libsqlite3.so", "libsqlite3.dylib", "/usr/lib/libsqlite3.dylib"];
    private static readonly Lazy<string> Loaded = new(Load);
    private static string chosen = "";

    /// <summary>For instance <c>system libsqlite3.so.0 3.40.1</c> or <c>bundled e_sqlite3 3.35.5</c>.</summary>
    public static string Description => Loaded.Value;

    public static void EnsureLoaded() => _ = Loaded.Value;

    private static string Load()
    {
        try
        {
            if (!AnotherHasChosen())
            {
                NativeLibrary.SetDllImportResolver(typeof(SQLite3Provider_e_sqlite3).Assembly, Resolve);
                raw.SetProvider(new SQLite3Provider_e_sqlite3());
            }

            return $"{chosen} {raw.sqlite3_libversion().utf8_to_string()}";
        }
        catch (DllNotFoundException missing)
        {
            throw new StorageException(StorageFailure.LibraryMissing,
                "No SQLite library was found; install the Debian package libsqlite3-0.", missing);
        }
    }

    /// <summary>
    /// True when other code of this process uses SQLite already. It stays with the library that it has: functions of two
    /// libraries over one connection end the process.
    /// </summary>
    private static bool AnotherHasChosen()
    {
        try
        {
            chosen = "bundled " + raw.GetNativeLibraryName();
            return true;
        }
        catch (Exception unset) when (unset.GetType() == typeof(Exception))
        {
            // The package's way to say that no provider was set.
            return false;
        }
    }

    private static IntPtr Resolve(string name, Assembly assembly, DllImportSearchPath? path)
    {
        if (name != Imported)
            return IntPtr.Zero;
        foreach (var candidate in SystemNames)
        {
            if (NativeLibrary.TryLoad(candidate, out var handle))
            {
                chosen = "system " + System.IO.Path.GetFileName(candidate);
                return handle;
            }
        }

        chosen = "bundled " + Imported;
        return IntPtr.Zero;
    }
}
