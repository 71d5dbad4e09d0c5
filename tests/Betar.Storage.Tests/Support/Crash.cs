namespace Betar.Storage.Tests.Support;

/// <summary>What a process that dies now would leave behind.</summary>
internal static class Crash
{
    /// <summary>Copies the file and its log as they are, while the database is still open: nothing is closed in good order.</summary>
    public static string Copy(TempFolder folder)
    {
        var target = Directory.CreateDirectory(folder.File($"crash-{Guid.NewGuid():N}")).FullName;
        foreach (var file in Directory.GetFiles(folder.Root, BetarDatabase.FileName + "*").Where(file => !file.EndsWith("-shm", StringComparison.Ordinal)))
            File.Copy(file, Path.Combine(target, Path.GetFileName(file)));
        return Path.Combine(target, BetarDatabase.FileName);
    }
}
