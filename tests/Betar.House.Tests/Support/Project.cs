using System.Xml.Linq;

namespace Betar.House.Tests.Support;

/// <summary>What a project file says about its place in the house.</summary>
internal sealed record Project(string Name, IReadOnlyList<string> References, IReadOnlyList<string> Packages, bool PinsVersions)
{
    public static Project Parse(string name, string xml)
    {
        var document = XDocument.Parse(xml);
        // An analyzer works in the compiler; the room does not use it.
        var references = document.Descendants("ProjectReference").Where(reference => (string?)reference.Attribute("OutputItemType") != "Analyzer").Select(reference => Room((string)reference.Attribute("Include")!)).ToList();
        if (Says(document, "UsesEngine"))
            references.Add("Betar.Orleans.Embedded");
        if (Says(document, "UsesTestingHost"))
            references.Add("Betar.Orleans.TestingHost");
        var packages = document.Descendants("PackageReference").ToList();
        return new Project(name, references, [.. packages.Select(package => (string)package.Attribute("Include")!)],
            packages.Any(package => package.Attribute("Version") is not null));
    }

    private static bool Says(XDocument document, string property) => document.Descendants(property).Any(element => element.Value == "true");

    private static string Room(string path) => Path.GetFileNameWithoutExtension(path.Replace('\\', '/'));
}
