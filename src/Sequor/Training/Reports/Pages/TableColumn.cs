namespace Sequor.Training.Reports.Pages;

/// <summary>A column of a table.</summary>
/// <param name="Name">Its heading.</param>
/// <param name="IsNumber">Whether it holds numbers, which stand to the right.</param>
internal readonly record struct TableColumn(string Name, bool IsNumber = false);
