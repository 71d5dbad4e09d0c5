namespace Betar.X402.Tests.Support;

/// <summary>Finds files of the repository from wherever the tests run.</summary>
internal static class Repository
{
    internal static string Read(params string[] path)
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "Betar.Orleans.sln")))
            {
                return File.ReadAllText(Path.Combine([folder.FullName, .. path]));
            }
        }

        throw new InvalidOperationException("The tests do not run inside the repository.");
    }
}
